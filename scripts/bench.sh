#!/usr/bin/env bash
# Builds the release preset's benchmarks and runs them: bench.sh [--size=small|medium|large|long]... [OPTION]...
# An option is one of Google Benchmark: --benchmark_filter=REGEX, --benchmark_format=json, --benchmark_out=FILE,
# --benchmark_repetitions=N, --benchmark_list_tests. docs/performance.md says what the columns mean.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test >&2
scripts/build.sh release dectprov_bench >&2
exec build/release/tests/dectprov_bench "$@"
