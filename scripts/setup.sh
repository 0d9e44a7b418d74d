#!/usr/bin/env bash
# Installs the Debian packages that are missing: setup.sh [build|test|check]...  (default: all of scripts/packages.txt)
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=("${@:-all}")
missing=()
optional=()
while read -r package purpose; do
    [[ -z $package || $package == \#* ]] && continue
    [[ ${wanted[0]} == all || " ${wanted[*]} " == *" ${purpose%\?} "* ]] || continue
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status != installed ]] || continue
    if [[ $purpose == *\? ]]; then optional+=("$package"); else missing+=("$package"); fi
done < scripts/packages.txt

if ((${#missing[@]} + ${#optional[@]} == 0)); then
    echo "setup: all packages are installed"
    exit 0
fi

echo "setup: installing ${missing[*]} ${optional[*]}"
as_root=()
if ((EUID != 0)); then
    command -v sudo > /dev/null || {
        echo "setup: not root and no sudo; run: apt-get install ${missing[*]} ${optional[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" < /dev/null; }
install() { apt install -y --no-install-recommends "$@" > /dev/null; }
apt update
((${#missing[@]} == 0)) || install "${missing[@]}"
if ((${#optional[@]} > 0)) && ! install "${optional[@]}" 2> /dev/null; then
    echo "setup: not to be had here, so their tests are left out: ${optional[*]}"
fi
echo "setup: done"
