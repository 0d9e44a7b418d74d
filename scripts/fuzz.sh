#!/usr/bin/env bash
# Runs every fuzz target with libFuzzer: fuzz.sh [MINUTES-EACH] [TARGET]...  (default: 30 minutes each)
# Findings are files in build/fuzz/findings/TARGET; a smaller one belongs into tests/fuzz/corpus, where ctest replays it.
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

failed=()
for target in "${targets[@]}"; do
    work=build/fuzz/corpus/$target findings=build/fuzz/findings/$target
    mkdir -p "$work" "$findings"
    echo "fuzz: $target, $minutes minutes"
    "build/fuzz/tests/${target}_fuzz" "$work" "tests/fuzz/corpus/$target" -max_total_time=$((minutes * 60)) -timeout=20 \
        -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix="$findings/" 2> "$findings/log" || failed+=("$target")
    grep -E '^stat::number_of_executed_units|^#[0-9]+.*DONE|ERROR' "$findings/log" || true
done
((${#failed[@]} == 0)) || { printf 'fuzz: a fault in %s\n' "${failed[@]}"; exit 1; }
