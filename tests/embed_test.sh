#!/usr/bin/env bash
# The library as another program finds it: installed, built against by CMake and by pkg-config, and run.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$DECTPROV_BUILD" --component development --prefix "$work/usr" > "$work/log"

# What is promised, and nothing else.
headers=$(cd "$work/usr/include" && find . -name '*.hpp' | sort | tr '\n' ' ')
[[ $headers == "./dectprov/lint.hpp ./dectprov/read.hpp ./dectprov/render.hpp " ]] || {
    echo "installed headers: $headers"
    exit 1
}

cmake -S "$DECTPROV_ROOT/examples/embed" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/usr" \
    -DCMAKE_CXX_COMPILER="$DECTPROV_CXX" -DCMAKE_CXX_FLAGS="$DECTPROV_CXX_FLAGS" >> "$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }
cmake --build "$work/build" >> "$work/log" 2>&1 || { cat "$work/log"; exit 1; }

cd "$DECTPROV_ROOT/examples/clinic"
"$work/build/embed" site.yaml > "$work/out"
mapfile -t lines < "$work/out"
grep -q '^[0-9a-f]\{12\} has [0-9]* users and [0-9]* settings$' "$work/out" ||
    { cat "$work/out"; exit 1; }
# The files are those that render writes.
while read -r name bytes; do
    [[ -f out/$name && $(stat -c %s "out/$name") == "$bytes" ]] || { echo "$name, $bytes bytes"; exit 1; }
done < <(sed -n 's/^\([^ ]*\), \([0-9]*\) bytes.*/\1 \2/p' "$work/out")
((${#lines[@]} > 2)) || { cat "$work/out"; exit 1; }

status=0
"$work/build/embed" /nonexistent.yaml > "$work/out" 2>&1 || status=$?
((status == 1)) || { echo "a description that is not there: $status"; exit 1; }

PKG_CONFIG_PATH=$(dirname "$(find "$work/usr" -name dectprov.pc)")
export PKG_CONFIG_PATH
[[ $(pkg-config --modversion dectprov) == "$("$DECTPROV_BINARY" --version | cut -d' ' -f2)" ]]
