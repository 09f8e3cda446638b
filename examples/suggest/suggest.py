"""Completes what is typed, standard library only: python3 suggest.py 共享chong"""
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BASE = os.environ.get("LEIMU", "http://localhost:8080")


def suggest(typed, limit=5, **options):
    query = urllib.parse.urlencode({"q": typed, "limit": limit, **options})
    try:
        with urllib.request.urlopen(f"{BASE}/v1/suggest?{query}", timeout=5) as response:
            return json.load(response)["suggestions"]
    except urllib.error.HTTPError as error:  # application/problem+json
        problem = json.load(error)
        raise SystemExit(f"{problem['code']}: {problem['detail']}") from None


if __name__ == "__main__":
    for s in suggest(sys.argv[1] if len(sys.argv) > 1 else "gxcdb"):
        start, end = s["span"]  # characters, as Python counts them
        print(s["text"], s["match"], s["text"][start:end], ">".join(s["category"]["path"]), s["category"]["id"], sep="\t")
