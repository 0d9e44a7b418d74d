#!/usr/bin/env bash
# The memory of a language server does not grow with the edits of a text: lsp_memory.py says both figures. DECTPROV_EDITS
# makes them more than here.
set -euo pipefail

if grep -q __asan_init "$DECTPROV_BINARY"; then
    echo "left out: AddressSanitizer keeps what is freed"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$DECTPROV_ROOT/examples/clinic/site.yaml" "$work"
python3 "$DECTPROV_ROOT/tests/lsp_memory.py" "$DECTPROV_BINARY" "$work" "${DECTPROV_EDITS:-2000}"
