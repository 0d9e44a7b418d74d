#!/usr/bin/env bash
# Installs a release for the current user, without root: install_release.sh URL VERSION SHA256 [FOLDER]
# URL is where the files of releases lie, SHA256 the checksum of dectprov-VERSION-linux-MACHINE.tar.gz. The folder (default:
# ~/.local) gets bin/dectprov and the rest. What is there already in that version is not fetched again.
set -euo pipefail

url=${1:?the address of the folder that holds the release}
version=${2:?the version}
sum=${3:?the SHA-256 of the tarball}
folder=${4:-$HOME/.local}

name=dectprov-$version-linux-$(uname -m)
kept=${XDG_CACHE_HOME:-$HOME/.cache}/dectprov/$name.tar.gz
good() { [[ -f $kept ]] && echo "$sum  $kept" | sha256sum --check --status; }

if ! good; then
    mkdir -p "$(dirname "$kept")"
    curl --fail --silent --show-error --location --retry 3 --output "$kept" "$url/$name.tar.gz"
    good || {
        echo "install_release: $url/$name.tar.gz has another checksum than $sum" >&2
        rm -f "$kept"
        exit 2
    }
fi
mkdir -p "$folder"
tar -xzf "$kept" --directory "$folder" --strip-components=1
"$folder/bin/dectprov" --version
