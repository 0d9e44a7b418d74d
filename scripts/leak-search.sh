#!/bin/sh
# SPDX-License-Identifier: MIT
# leak-search.sh [MINUTES] [SEED]: damages files that hold secrets, and looks for the secrets in every output.
# Ends with 1 where one was found, which it prints with the seed.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build/dev}
ninja -C "$build" leak_test
DECTPROV_LEAK_MINUTES=${1:-60} DECTPROV_LEAK_SEED=${2:-1} exec "$build/tests/leak_test"
