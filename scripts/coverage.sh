#!/usr/bin/env bash
# How much of the code the tests run: builds in build/coverage, runs ctest, prints lines and branches by folder, and names
# each file of lib/ of which less than 90 % of the lines are run. Ends with 1 where one is not listed, with its reason, in
# tests/coverage-reasons.txt. build/coverage/index.html shows the lines.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test check
build=build/coverage
linker=()
if command -v mold > /dev/null; then linker=(-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=mold); fi
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_CXX_FLAGS=--coverage \
    -DCMAKE_CXX_FLAGS_DEBUG=-O0 -DDECTPROV_FAST_START=OFF -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=12 \
    "${linker[@]}" > /dev/null
ninja -C "$build" --quiet
# Of this run alone.
find "$build" -name '*.gcda' -delete
failed=0
ctest --test-dir "$build" -j "$(nproc)" --output-on-failure > "$build/ctest.log" 2>&1 || failed=1
tail -n 30 "$build/ctest.log" | sed -n '/tests passed/,$p'
gcovr --root . --object-directory "$build" --gcov-executable 'llvm-cov gcov' -j "$(nproc)" --filter lib/ --filter apps/ \
    --json-summary "$build/summary.json" --html-details "$build/index.html" "$build" > "$build/gcovr.log" 2>&1 ||
    { cat "$build/gcovr.log"; exit 1; }
python3 scripts/coverage.py "$build/summary.json" tests/coverage-reasons.txt || failed=1
exit "$failed"
