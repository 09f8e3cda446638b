#!/usr/bin/env python3
"""Re-rank a file through the API: rerank.py [URL] < rows.jsonl > answers.jsonl

Lines go in batches, as this sends all of a request before it reads the answer. A batch that
fails is sent again: the same rows give the same answers.
"""
import itertools
import sys
import time
import urllib.error
import urllib.request

URL = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080") + "/v1/rerank/bulk"
BATCH = 200  # lines


def answer(batch, tries=5):
    request = urllib.request.Request(URL, "".join(batch).encode(), {"Content-Type": "application/x-ndjson"})
    for attempt in range(1, tries + 1):
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return response.read().decode()
        except (urllib.error.URLError, OSError) as error:
            if attempt == tries or getattr(error, "code", 503) < 500:
                raise SystemExit(f"rerank.py: {error}")
            time.sleep(2**attempt)


while batch := list(itertools.islice(sys.stdin, BATCH)):
    sys.stdout.write(answer(batch))
    sys.stdout.flush()
