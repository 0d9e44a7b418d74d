#!/usr/bin/env bash
# Copies rendered files to the provisioning server: rsync.sh OUTPUT TARGET, where TARGET is HOST:FOLDER or a folder.
# A server that reads a `.ver` list asks at once for the groups that it names, so the lists go last. Each file takes its
# place whole (rsync writes beside it and renames). Removed is only what an earlier run of this script copied and OUTPUT
# no longer has: the names are kept in TARGET/.dectprov-published. Firmware images and files of others stay.
set -euo pipefail

output=$1
target=$2
published=.dectprov-published

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/old"
rsync --quiet "$target/$published" "$work/old" 2> /dev/null || true # the first time there is none
(cd "$output" && find . -type f ! -path '*/.*' -printf '%P\n' | LC_ALL=C sort) > "$work/new"

copy=(rsync --archive --checksum --delay-updates)
grep -v '\.ver$' "$work/new" > "$work/files" || true
grep '\.ver$' "$work/new" > "$work/lists" || true
"${copy[@]}" --files-from="$work/files" "$output/" "$target/"
"${copy[@]}" --files-from="$work/lists" "$output/" "$target/"
LC_ALL=C comm -23 <(LC_ALL=C sort "$work/old") "$work/new" > "$work/gone"
"${copy[@]}" --delete-missing-args --files-from="$work/gone" "$output/" "$target/"
"${copy[@]}" "$work/new" "$target/$published"
