#!/usr/bin/env bash
# From a fresh clone to rendered and checked files: builds dectprov, renders every example to out/, checks the result,
# and shows what a fault looks like. Exit status 0 means that the rendered files have no error.
# usage: scripts/demo.sh [FOLDER]    with the FOLDER of a dectprov that is built already, nothing is installed or built
set -euo pipefail
built=${1:+$(realpath "$1")}
cd "$(dirname "$0")/.."

if [[ -z $built ]]; then
    scripts/setup.sh build
    echo "demo: building (a few minutes on two cores)"
    scripts/build.sh demo dectprov
    built=$PWD/build/demo
fi
PATH=$built:$PATH

# Says what it runs, so that one can run it again.
run() {
    printf '\n$ %s\n' "$*"
    "$@"
}

rm -rf out
for example in examples/*/; do
    name=$(basename "$example")
    [[ -e ${example}site.yaml || -d ${example}sites ]] || continue  # recipes
    # The secrets that its descriptions name as ${env:…}.
    variables=()
    [[ -e ${example}demo.env ]] && variables=(--env-file "${example}demo.env")
    run dectprov render "examples/$name" "${variables[@]}" -o "out/$name"
done

run dectprov lint out

broken=out/broken
mkdir -p "$broken"
cp out/clinic/* "$broken"
users=$(find "$broken" -name '*-users.xml' | head -n 1)
printf '\n%s\n' "The same files with a blank in one username:"
sed -i '0,/<username>..../s//& x/' "$users"
run dectprov lint --exit-zero "$broken"
rm -r "$broken"

errors=$(dectprov lint --format json --exit-zero out | sed -n 's/.*"errors": \([0-9]*\).*/\1/p' | head -n 1)
printf '\n%s\n' "demo: $errors errors in the files under out/"
[[ $errors == 0 ]]
