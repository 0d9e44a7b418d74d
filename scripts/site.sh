#!/usr/bin/env bash
# The manual as a site, searchable without a network: site.sh [FOLDER] (default: build/site). mkdocs is Debian's.
# python3 -m http.server --directory build/site shows it; any web server does.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(realpath -m "${1:-build/site}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/source"
# The pages keep their places, so that their links hold in the repository and here.
cp -r ./*.md LICENSE action.yml docs editors examples schemas "$work/source/"
cp scripts/site/mkdocs.yml "$work/"
cp -r scripts/site/theme "$work/"
if [[ -z ${SOURCE_DATE_EPOCH:-} ]] && commit=$(git log -1 --format=%ct 2> /dev/null); then export SOURCE_DATE_EPOCH=$commit; fi
mkdocs build --strict --quiet --config-file "$work/mkdocs.yml" --site-dir "$work/site"
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
mv "$work/site" "$folder"
