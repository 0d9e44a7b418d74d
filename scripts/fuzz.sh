#!/usr/bin/env bash
# Runs every fuzz target with libFuzzer, as many at a time as there are processors: fuzz.sh [MINUTES-EACH] [TARGET]...
# (default: 30 minutes each, all). A line a target says what came of it. What was found and what was learnt stays under
# build/fuzz, and a later run goes on from there. A finding is a file in build/fuzz/findings/TARGET; a smaller one belongs
# into tests/fuzz/corpus, where ctest replays it.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes=${1:-30}
shift || true
if (($# > 0)); then
    targets=("$@")
else
    targets=()
    for source in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$source" _fuzz.cpp)"); done
fi
scripts/setup.sh build test check
scripts/build.sh fuzz "${targets[@]/%/_fuzz}"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

run_target() {
    local target=$1 work=build/fuzz/corpus/$1 findings=build/fuzz/findings/$1 status=0
    mkdir -p "$work" "$findings"
    "build/fuzz/tests/${target}_fuzz" "$work" "tests/fuzz/corpus/$target" -max_total_time=$((minutes * 60)) -timeout=20 \
        -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$findings/" 2> "$findings/log" || status=$?
    local runs coverage
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/log")
    coverage=$(sed -n 's/^#.* cov: \([0-9]*\) .*/\1/p' "$findings/log" | tail -n 1)
    echo "fuzz: $target: ${runs:-no} executions, coverage ${coverage:-unknown}," \
        "$( ((status == 0)) && echo "nothing found" || echo "A FAULT: $findings")"
    ((status == 0)) || touch "$results/$target"
}

free=$(nproc)
for target in "${targets[@]}"; do
    # As many as there are processors; then one for each that is through.
    if ((free > 0)); then free=$((free - 1)); else wait -n || true; fi
    run_target "$target" &
done
wait
[[ -z $(ls "$results") ]]
