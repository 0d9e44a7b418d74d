#!/usr/bin/env bash
# What each way to install costs, as the rows of the table in docs/install.md: install_figures.sh [FOLDER], FOLDER with the
# packages that scripts/package.sh made (default: build/packages). Packages are counted against a Debian that has only what is
# essential, and apt; a time is the least of three runs, without the download from Debian.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=$(cd "${1:-build/packages}" && pwd)
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
deb=$(find "$packages" -name 'dectprov_*.deb')
tarball=$(find "$packages" -name 'dectprov-*-linux-*.tar.gz')
version=$(dpkg-deb --field "$deb" Version)
version=${version%%-*}
megabytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f MB", bytes / 1e6 }'; }

# The packages that apt installs for these, and all that they need, where nothing is installed.
: > "$work/nothing"
closure() {
    apt-get -o Dir::State::status="$work/nothing" -o Debug::NoLocking=1 --simulate --no-install-recommends install "$@" |
        sed -n 's/^Inst \([^ ]*\).*/\1/p' | sort -u
}
mapfile -t essential < <(apt-cache dumpavail | awk '/^Package: / { name = $2 } /^Essential: yes/ { print name }' | sort -u)
closure "${essential[@]}" apt > "$work/bare"

# pulled PACKAGE...: how many packages these bring to the bare system, and what they download and keep, in bytes.
pulled() {
    local new
    mapfile -t new < <(closure "$@" | comm -13 "$work/bare" -)
    ((${#new[@]})) || { echo 0 0 0; return; }
    apt-cache --no-all-versions show "${new[@]}" |
        awk '/^Package: / { count++ } /^Size: / { size += $2 } /^Installed-Size: / { kept += $2 * 1024 } END { print count, size, kept }'
}

# seconds COMMAND...: the least time of three runs.
seconds() {
    local TIMEFORMAT=%R took times=()
    while ((${#times[@]} < 3)); do
        took=$({ time "$@" > "$work/log" 2>&1; } 2>&1) || { cat "$work/log" >&2; exit 1; }
        times+=("$took")
    done
    printf '%s\n' "${times[@]}" | sort -g | sed -n '1s/$/ s/p'
}
row() { printf '| %s | %s | %s | %s | %s |\n' "$@"; }

in_root() {
    rm -rf "$work/root"
    mkdir -p "$work/root"
    dpkg --root="$work/root" --force-not-root --force-script-chrootless --force-depends --install "$deb"
}
mapfile -t needs < <(dpkg-deb --field "$deb" Depends | tr ',' '\n' | sed 's/(.*//; s/|.*//; s/ //g')
read -r count size kept < <(pulled "${needs[@]}")
row .deb "$(megabytes $(($(stat -c %s "$deb") + size)))" \
    "$(megabytes $(($(dpkg-deb --field "$deb" Installed-Size) * 1024 + kept)))" "$count" "$(seconds in_root)"

mkdir -p "$work/release"
cp "$tarball" "$work/release/"
cat > "$work/serve.py" << 'END'
import functools, http.server, sys
server = http.server.HTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
END
exec 3< <(exec python3 "$work/serve.py" "$work/release" 2> /dev/null)
server=$!
read -r -t 60 port <&3
sum=$(sha256sum "$tarball" | cut -d' ' -f1)
export XDG_CACHE_HOME=$work/cache
by_script() {
    rm -rf "$XDG_CACHE_HOME" "${work:?}/home"
    scripts/install_release.sh "http://127.0.0.1:$port" "$version" "$sum" "$work/home"
}
by_hook() {
    rm -rf "$XDG_CACHE_HOME"
    (cd examples/clinic && ../../scripts/pre_commit.sh "http://127.0.0.1:$port" "$version" "$sum" --no-config .)
}
took=$(seconds by_script)
row 'tarball, action' "$(megabytes "$(stat -c %s "$tarball")")" "$(megabytes "$(du -sb "$work/home" | cut -f1)")" 0 "$took"
took=$(seconds by_hook)
row 'pre-commit, dectprov-release' "$(megabytes "$(stat -c %s "$tarball")")" \
    "$(megabytes "$(du -sb "$XDG_CACHE_HOME" | cut -f1)")" 0 "$took"

mapfile -t needs < <(awk '$2 == "build" { print $1 }' scripts/packages.txt)
read -r count size kept < <(pulled "${needs[@]}")
row 'source (packages to build it)' "$(megabytes "$size")" "$(megabytes "$kept")" "$count" 'see below'
