#!/usr/bin/env bash
# The site of the manual (scripts/site.sh): every link leads somewhere, nothing comes from elsewhere, and, where Chromium is
# installed, the search finds and pages fit three widths. Status 77: mkdocs is not installed.
set -euo pipefail

for command in mkdocs python3; do
    command -v "$command" > /dev/null || { echo "left out: $command is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work XDG_CACHE_HOME=$work

"$DECTPROV_ROOT/scripts/site.sh" "$work/site"
python3 "$DECTPROV_ROOT/tests/book.py" links "$work/site"
if command -v chromium > /dev/null && command -v chromedriver > /dev/null; then
    python3 "$DECTPROV_ROOT/tests/book.py" browser "$work/site"
else
    echo "the browser is left out: chromium and chromedriver are not installed"
fi
