#!/usr/bin/env bash
# Copies rendered files to the provisioning server: rsync.sh OUTPUT HOST:FOLDER
# A server that reads a `.ver` list asks at once for the groups that it names, so the lists go last. Each file takes its
# place whole (rsync writes beside it and renames), and no file is removed before the new lists are there.
set -euo pipefail

output=$1
target=$2

copy=(rsync --archive --checksum --delay-updates --exclude '.*')
"${copy[@]}" --exclude '*.ver' "$output/" "$target/"
"${copy[@]}" --include '*.ver' --exclude '*' "$output/" "$target/"
"${copy[@]}" --delete-after "$output/" "$target/"
