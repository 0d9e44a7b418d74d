#!/usr/bin/env bash
# From a fresh clone to rendered and checked files: builds dectprov, renders every example to out/, lints the result,
# and shows what a fault looks like. Exit status 0 means that the rendered files have no error.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build
echo "demo: building (about two minutes on two cores)"
scripts/build.sh demo dectprov
dectprov=$PWD/build/demo/dectprov

# The descriptions name their secrets as ${env:…}; the demo gives every one a value of its own.
while read -r name; do
    export "$name=demo-$RANDOM"
done < <(grep -rhoE '\$\{env:[A-Za-z_][A-Za-z0-9_]*\}' examples | sed -E 's/^\$\{env:(.*)\}$/\1/' | sort -u)

rm -rf out
for site in examples/*/site.yaml; do
    name=$(basename "$(dirname "$site")")
    echo
    echo "demo: dectprov render $site -o out/$name"
    "$dectprov" render "$site" -o "out/$name"
done

echo
echo "demo: dectprov lint out"
"$dectprov" lint out
errors=$("$dectprov" lint --format json --exit-zero out | grep -oE '"errors": *[0-9]+' | head -n 1 | grep -oE '[0-9]+')

# The broken copy: a username that holds a blank.
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
users=$(find out -name '*-users.xml' | sort | head -n 1)
cp "$(dirname "$users")"/* "$broken"
sed -i -E '0,/<username>/s/<username>([^<]{2})/<username>\1 /' "$broken/$(basename "$users")"
echo
echo "demo: the same with a blank in a username"
(cd "$broken" && "$dectprov" lint --exit-zero .)

echo
echo "demo: $errors errors in the rendered files under out/"
[[ $errors == 0 ]]
