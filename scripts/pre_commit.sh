#!/usr/bin/env bash
# The hook of pre-commit that installs itself: pre_commit.sh URL VERSION SHA256 [ARGUMENT]...
# pre-commit gives the words of `args:`; what follows the checksum goes to `dectprov lint`. URL, VERSION and SHA256 are those
# of install_release.sh, which puts the release into a folder of its own once.
set -euo pipefail

if (($# < 3)); then
    echo "dectprov: args: of this hook are the address of the releases, a version and the SHA-256 of its tarball" >&2
    exit 2
fi
folder=${XDG_CACHE_HOME:-$HOME/.cache}/dectprov/$2-$3
if [[ ! -x $folder/bin/dectprov ]]; then
    # Whole or not at all: hooks of two repositories may begin at the same time.
    mkdir -p "$(dirname "$folder")"
    fresh=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    "$(dirname "$0")/install_release.sh" "$1" "$2" "$3" "$fresh" >&2
    chmod 755 "$fresh"
    mv -T "$fresh" "$folder" 2> /dev/null || [[ -x $folder/bin/dectprov ]]
fi
"$folder/bin/dectprov" lint --allow-empty "${@:4}"
