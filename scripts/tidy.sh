#!/usr/bin/env bash
# clang-tidy over lib/ and apps/, file by file: tidy.sh [SECONDS]
# What changed last is checked first. After SECONDS no further file is begun, and the last line says how many are left.
# Exit status 1 means that a file has findings or that clang-tidy broke off on one; the others are checked all the same.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Only the compile commands are wanted; clang's, so that clang-tidy knows every flag.
cmake --preset tidy -DCMAKE_CXX_CLANG_TIDY= > /dev/null

# Work that is not committed, then the files of the last commits, then the others. For a header, its source.
newest_first() {
    {
        git diff --name-only HEAD -- lib apps || true
        git log --format= --name-only -- lib apps || true
    } 2> /dev/null | sed 's/\.hpp$/.cpp/'
    find lib apps -name '*.cpp' | sort
}

# Prints the findings of a file when clang-tidy is through with it, and puts its name on the list of what came of it.
check_file() {
    local file=$1 errors=$results/$BASHPID status=0 said
    said=$(clang-tidy -p build/tidy --quiet "$file" 2> "$errors") || status=$?
    case $status in
        0) echo "$file" >> "$results/clean" ;;
        1) echo "$file" >> "$results/found" ;;
        *)
            # Above 128 a signal ended it: clang-tidy 14 crashes on some valid C++, as std::bit_cast.
            said+="$file: clang-tidy broke off with status $status"$'\n'"$(tail -n 20 "$errors")"
            echo "$file" >> "$results/broken"
            ;;
    esac
    [[ -z $said ]] || printf '%s\n' "$said"
}

jobs=$(nproc)
while read -r file; do
    [[ -f $file ]] || continue
    if [[ -n $seconds ]] && ((SECONDS >= seconds)); then
        echo "$file" >> "$results/left"
        continue
    fi
    if ((jobs > 0)); then jobs=$((jobs - 1)); else wait -n || true; fi
    check_file "$file" &
done < <(newest_first | awk '!seen[$0]++')
wait

count() { if [[ -f $results/$1 ]]; then wc -l < "$results/$1"; else echo 0; fi; }
list() { [[ ! -f $results/$1 ]] || sort "$results/$1" | sed "s|^|tidy: $2 |"; }
list found "findings in"
list broken "clang-tidy broke off on"
echo "tidy: $(count clean) files are clean, $(count found) have findings, $(count broken) could not be checked," \
    "$(count left) are left for want of time"
[[ ! -f $results/found && ! -f $results/broken ]]
