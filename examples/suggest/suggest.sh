#!/bin/sh
# Completes what is typed with curl: sh suggest.sh 共享chong
# -G and --data-urlencode encode the Chinese; --compressed asks for gzip.
set -eu
base=${LEIMU:-http://localhost:8080}
curl --fail-with-body --silent --show-error --compressed -G "$base/v1/suggest" \
  --data-urlencode "q=${1:-gxcdb}" -d limit=5 -d subject=individual
