#!/usr/bin/env bash
# Configures and builds one preset: build.sh PRESET [TARGET]...  With ccache where there is one.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=$1
shift
launcher=()
if command -v ccache > /dev/null; then
    # Two trees of one project (a clone, a worktree) share what the compiler made.
    export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
cmake --preset "$preset" "${launcher[@]}" > /dev/null
# A compiler job takes up to 1 GB under the sanitizers; fewer at a time where the memory is short.
jobs=$(nproc)
memory=$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo 2> /dev/null || echo "$jobs")
((memory >= 1 && memory < jobs)) && jobs=$memory
ninja -C "build/$preset" -j "$jobs" --quiet "$@"
