#!/usr/bin/env bash
# valgrind.sh [PROGRAM]...: test programs of the debug build under valgrind, which sees what is read before it was
# written; MemorySanitizer would need every library built for it. Without a name: every case through the whole program in
# process, and every reader over the corpus of its fuzz target. A line a program; ends with 1 where there is a finding.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build test check
build=${BUILD:-build/dev}
if (($# > 0)); then
    programs=("$@")
else
    programs=(cases_test)
    for source in tests/fuzz/*_fuzz.cpp; do programs+=("$(basename "$source" .cpp)"); done
fi
if [[ $build == build/dev ]]; then scripts/build.sh dev "${programs[@]}"; else ninja -C "$build" "${programs[@]}"; fi

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

check() {
    local program=$1 log=$logs/$1 arguments=() status=0
    [[ $program == *_fuzz ]] && arguments=("tests/fuzz/corpus/${program%_fuzz}")
    valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
        --suppressions=tests/valgrind.supp --log-file="$log.valgrind" \
        "$build/tests/$program" "${arguments[@]}" > "$log" 2>&1 || status=$?
    if ((status == 0)) && [[ ! -s $log.valgrind ]]; then
        echo "valgrind: $program: nothing found"
    else
        echo "valgrind: $program: status $status"
        head -n 60 "$log.valgrind"
        tail -n 20 "$log"
        touch "$logs/found"
    fi
}

free=$(nproc)
for program in "${programs[@]}"; do
    if ((free > 0)); then free=$((free - 1)); else wait -n || true; fi
    check "$program" &
done
wait
[[ ! -e $logs/found ]]
