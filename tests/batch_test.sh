#!/usr/bin/env bash
# The parts of a fleet together are the whole, byte for byte, whichever scheduler makes them: the recipes of
# examples/batch are run. Status 77: what is needed is not installed.
set -euo pipefail

command -v parallel > /dev/null || exit 77
export DECTPROV=$DECTPROV_BINARY
recipes=$DECTPROV_ROOT/examples/batch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir sites
for site in $(seq 1 12); do
    {
        printf 'dectprov: 1\nsite: s%s\nservers:\n' "$site"
        for server in 1 2 3; do
            printf '  - model: "6500"\n    mac: 0013d18%05d\n' "$((site * 10 + server))"
            printf '    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 60}, users: {check: true}}}\n'
            printf '    users: [{username: "70%02d", ipei: 00077 %07d}]\n' "$site" "$((site * 10 + server))"
        done
    } > "sites/s$site.yaml"
done
"$DECTPROV" render -q -o whole sites
[[ $(find whole -name '*.xml' | wc -l) == 72 ]]

for shards in 1 2 3 7; do
    "$recipes/parallel.sh" sites "parallel-$shards" "$shards"
    diff -r whole "parallel-$shards"
    for task in $(seq "$shards"); do
        SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=$shards "$recipes/slurm.sh" sites "slurm-$shards"
    done
    diff -r whole "slurm-$shards"
done

# A part that fails makes the whole fail.
printf 'dectprov: 1\nsite: bad\nservers:\n  - {model: "6501", mac: 0013d1800999}\n' > sites/bad.yaml
if "$recipes/parallel.sh" sites bad 3 2> /dev/null; then
    echo "a bad site goes unnoticed"
    exit 1
fi
echo "the union of the shards is the whole run"
