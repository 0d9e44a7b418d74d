#!/usr/bin/env bash
# The first command of README, without its build: scripts/demo.sh renders each example, finds nothing wrong with what it has
# written, and shows the fault that it makes.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$DECTPROV_ROOT/examples" "$folder"
mkdir "$folder/scripts"
cp "$DECTPROV_ROOT/scripts/demo.sh" "$folder/scripts"
cd "$folder"

fail() {
    printf '%s\n' "$1"
    cat shown
    exit 1
}
# In a shell of its own, whose environment has none of the secrets that the examples name.
env -i PATH="$PATH" HOME="$folder" scripts/demo.sh "$(dirname "$DECTPROV_BINARY")" > shown 2>&1 || fail "status $?"

described=0
for example in examples/*/; do
    [[ -e ${example}site.yaml || -d ${example}sites ]] || continue
    described=$((described + 1))
    diff -r "${example}out" "out/$(basename "$example")" || fail "$example gives other files than it holds"
done
((described > 3)) || fail "only $described examples are descriptions"
grep -q '\[value/charset\]$' shown || fail "no fault is shown"
[[ $(tail -n 1 shown) == "demo: 0 errors in the files under out/" ]] || fail "another last line"
