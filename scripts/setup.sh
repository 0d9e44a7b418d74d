#!/usr/bin/env bash
# Installs the Debian packages that are missing: setup.sh [build|test|check]...  (default: all of scripts/packages.txt)
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=("${@:-all}")
missing=()
while read -r package purpose; do
    [[ -z $package || $package == \#* ]] && continue
    [[ ${wanted[0]} == all || " ${wanted[*]} " == *" $purpose "* ]] || continue
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done < scripts/packages.txt

if ((${#missing[@]} == 0)); then
    echo "setup: all packages are installed"
    exit 0
fi

echo "setup: installing ${missing[*]}"
as_root=()
if ((EUID != 0)); then
    command -v sudo > /dev/null || {
        echo "setup: not root and no sudo; run: apt-get install ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq < /dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" < /dev/null > /dev/null
echo "setup: done"
