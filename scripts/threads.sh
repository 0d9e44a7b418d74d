#!/usr/bin/env bash
# Under ThreadSanitizer what has threads: the pool, the editor's work, and every case through the whole program.
# `threads.sh all` builds and runs every test that way, which takes three times as long.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test
if [[ ${1:-} == all ]]; then
    scripts/build.sh tsan
    ctest --preset tsan -j "$(nproc)"
else
    scripts/build.sh tsan thread_pool_test lsp_workspace_test cases_test
    ctest --preset tsan -j "$(nproc)" -R '^(thread_pool_test|lsp_workspace_test|case\.)'
fi
