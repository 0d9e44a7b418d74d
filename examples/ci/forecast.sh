#!/usr/bin/env bash
# Writes what the servers will do about a change to forecast.md: the state of the branch that a merge request goes to
# against the working folder. Both come from the same run, so the text is there before anything is merged.
#
#     forecast.sh origin/main [FOLDER]
#
# Exit status 0 with and without differences, 2 where something cannot be read.
set -euo pipefail

target=${1:?the branch that the change goes to, as origin/main}
folder=${2:-.}

# Against the commit that the branch was made from: what others merged since is not this change.
base=$(git merge-base "$target" HEAD)
dectprov diff --exit-zero --format markdown --report html=forecast.html "git:$base:./$folder" "$folder" > forecast.md
