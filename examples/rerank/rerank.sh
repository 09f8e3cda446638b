#!/bin/sh
# Re-rank a file through the API: rerank.sh rows.jsonl answers.jsonl [URL]
# The file is streamed both ways; curl fails where the answer is cut short.
set -eu
url=${3:-http://127.0.0.1:8080}/v1/rerank/bulk
curl --fail-with-body --silent --show-error --no-buffer --retry 3 --retry-connrefused \
	-H 'Content-Type: application/x-ndjson' -H 'Expect:' \
	-T "$1" -X POST --output "$2.part" "$url"
[ "$(wc -l < "$1")" -le "$(wc -l < "$2.part")" ] || { echo "rerank.sh: answers are missing" >&2; exit 1; }
mv "$2.part" "$2"
