#!/usr/bin/env bash
# Builds everything under AddressSanitizer and UndefinedBehaviorSanitizer and runs every test. The last lines are
# ctest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test
echo "test: building with the sanitizers"
scripts/build.sh asan
ctest --preset asan -j "$(nproc)"
