#!/usr/bin/env bash
# What a review should not have to say: formatting, shell scripts, clang-tidy, and no warning under g++ and clang++.
# check.sh [format|shell|tidy|build]...  (default: all)
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=("${@:-all}")
wants() { [[ ${wanted[0]} == all || " ${wanted[*]} " == *" $1 "* ]]; }

scripts/setup.sh

if wants format; then
    echo "check: clang-format"
    find lib apps tests -name '*.[ch]pp' -print0 | xargs -0 clang-format --dry-run -Werror
fi
if wants shell; then
    echo "check: shellcheck"
    shellcheck scripts/*.sh .ci/run tests/*.sh examples/*/*.sh
fi
if wants build; then
    # The tests are built by clang++ here and by g++ in scripts/test.sh: linking each of them with link-time
    # optimisation takes long and shows nothing.
    echo "check: building with g++ and clang++ without a warning"
    scripts/build.sh release dectprov
    scripts/build.sh release-clang
fi
if wants tidy; then
    echo "check: clang-tidy"
    scripts/tidy.sh
fi
echo "check: nothing found"
