#!/usr/bin/env bash
# A run that is killed in the middle of thousands of files leaves old or new files, never half ones; the next run
# removes what was staged and ends where an undisturbed one does.
set -euo pipefail

# Each run flushes its file system, which takes as long as whatever else is written there does.
folder=${TMPDIR:-/tmp}
[[ ! -w /dev/shm ]] || folder=/dev/shm
work=$(mktemp -d -p "$folder")
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir sites
for site in $(seq 1 100); do
    {
        printf 'dectprov: 1\nsite: s%s\nextends: [../common.yaml]\nservers:\n' "$site"
        for server in $(seq 1 10); do
            printf '  - {model: "6500", mac: 0013d1%06d, users: [{username: "7%03d"}]}\n' \
                "$((site * 100 + server))" "$site"
        done
    } > "sites/s$site.yaml"
done
common() { # common DURATION
    printf 'dectprov: 1\ndefaults:\n  settings:\n    sip: {dtmf: {duration: %s}}\n' "$1"
    printf '    provisioning: {check: {interval: 60}, users: {check: true}}\n'
}
render=("$DECTPROV_BINARY" render -q sites -o)
common 200 > common.yaml
"${render[@]}" old
common 300 > common.yaml
"${render[@]}" new
sums() { (cd "$1" && sha256sum -- *) | sort; }
sort -u <(sums old) <(sums new) > whole
[[ $(wc -l < whole) == 3000 ]]

staged() { find out -name '.dectprov-staged-*' | wc -l; }
changed() { ! cmp -s out/0013d1000101-config.xml old/0013d1000101-config.xml; }
killed=0
left=0
# While it stages, a little and much, and while it publishes.
for moment in 1 300 changed; do
    rm -rf out
    cp -a old out
    # The program itself, and not a shell around it, is what is killed below.
    "${render[@]}" out 2> /dev/null &
    run=$!
    while kill -0 "$run" 2> /dev/null; do
        if [[ $moment == changed ]]; then
            changed && break
        else
            (($(staged) >= moment)) && break
        fi
    done
    if kill -9 "$run" 2> /dev/null; then killed=$((killed + 1)); fi
    wait "$run" 2> /dev/null || true
    left=$((left + $(staged)))
    sums out > now
    [[ $(wc -l < now) == 2000 ]] || { echo "$(wc -l < now) files instead of 2000"; exit 1; }
    [[ -z $(comm -23 now whole) ]] || { echo "neither old nor new:"; comm -23 now whole; exit 1; }
    "${render[@]}" out
    (($(staged) == 0)) || { echo "the next run left $(staged) staged files"; exit 1; }
    diff -r out new
done
((killed >= 2 && left > 0)) || { echo "killed $killed runs, which left $left files"; exit 1; }
echo "killed $killed runs, which left $left staged files; the next run removed them"
