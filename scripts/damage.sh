#!/bin/sh
# SPDX-License-Identifier: MIT
# damage.sh: every truncation and every change of one byte of every file of the examples, through lint. That is thirty
# million runs, in one process: a night with BUILD=build/release. Ends with 1 where one of them ended badly, and says which.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build/dev}
ninja -C "$build" damage_test
DECTPROV_DAMAGE=all exec "$build/tests/damage_test"
