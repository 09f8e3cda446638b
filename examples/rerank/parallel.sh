#!/bin/sh
# Spread a file of JSON lines over the processors of this and other machines with GNU
# parallel: parallel.sh rows.jsonl > answers.jsonl
# leimu uses all processors of one machine by itself; add --sshlogin for more machines.
# A line in error makes parallel's status that of a failed job; its answer says why, with
# the line counted within the block.
set -eu
exec parallel --pipe --keep-order --block 1M --jobs "${JOBS:-100%}" leimu rerank --quiet --workers 1 < "$1"
