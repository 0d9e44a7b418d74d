#!/usr/bin/env bash
# Renders a fleet on one machine with GNU parallel: parallel.sh SITES OUTPUT [SHARDS]
# A shard is a process of its own, so a site that needs much memory or time holds up nobody else; the union of the
# shards is byte for byte what one run gives. The status is that of the worst shard.
set -euo pipefail

sites=$1
output=$2
shards=${3:-$(nproc)}
dectprov=${DECTPROV:-dectprov}

seq "$shards" | parallel --will-cite --halt soon,fail=1 --jobs "$(nproc)" \
    "$dectprov" render -q -j 1 --shard "{}/$shards" -o "$output" "$sites"
