#!/usr/bin/env bash
# Changes the rules and the effects of `diff` in one place at a time, and runs the tests that fit: mutants.sh [SEED]
# [COUNT] [FILE]...  (default: 1 100, of all their files; with files alone, every change of these). A change that no test
# notices is printed with its place; the last line counts. Ends with 1 where one survives that is not listed, with its
# reason, in tests/mutants-equivalent.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build/mutants}
if [[ $build == build/mutants ]]; then
    scripts/setup.sh build test check
    linker=()
    if command -v mold > /dev/null; then linker=(-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold); fi
    # What is quickest to build. A changed file is compiled alone, and linked in front of what holds the unchanged one.
    cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
        -DDECTPROV_FAST_START=OFF -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=12 "${linker[@]}" > /dev/null
fi
exec python3 scripts/mutants.py "$build" "$@"
