#!/usr/bin/env bash
# Two runs that write to one folder, and somebody who saves a file that a run is about to mend. The first run is stopped in
# the middle of its renames (inject.cpp), and goes on when the second has said that it waits.
# Status 77: the injector cannot be loaded into this build.
set -euo pipefail

[[ -n ${DECTPROV_INJECTOR:-} ]] || exit 77
work=$(mktemp -d)
# shellcheck disable=SC2046  # a word a process
trap 'kill -KILL $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
mkdir .git
mkfifo stopped said
program=$DECTPROV_BINARY

fail() {
    echo "writers_test: $*"
    exit 1
}

# stopped_at CALL N ARGUMENT…: starts the program, and comes back when it stands before that call; its process is `first`.
stopped_at() {
    DECTPROV_INJECT="$1 $2 stop" DECTPROV_INJECTED=stopped LD_PRELOAD=$DECTPROV_INJECTOR \
        "$program" "${@:3}" > first.log 2>&1 &
    first=$!
    timeout 60 cat stopped || fail "${*:3}: no $1 $2: $(cat first.log)"
    # It tells that it will stop, and stops then: what has it go on before that would be lost.
    local state=""
    while [[ $state != T ]]; do
        read -r _ _ state _ < "/proc/$first/stat" || fail "${*:3}: it ended: $(cat first.log)"
    done
}

# waits STATUS FOLDER ARGUMENT…: starts the program, which waits for the first; then the first goes on and ends with 0, and
# the second with STATUS. What it says besides is in second.log.
waits() {
    local line status=0
    "$program" "${@:3}" > second.out 2> said &
    local second=$!
    exec 3< said
    read -r -t 60 line <&3 || line="nothing"
    [[ $line == "dectprov: $2 is locked, as by another run that writes there; this one waits" ]] || fail "${*:3}: it said $line"
    kill -0 "$first" || fail "${*:3}: the first ended early: $(cat first.log)"
    kill -CONT "$first"
    wait "$first" || fail "${*:3}: the first: $(cat first.log)"
    cat <&3 > second.log
    exec 3<&-
    wait "$second" || status=$?
    [[ $status == "$1" ]] || fail "${*:3}: status $status: $(cat second.log)"
}

site() { # site VERSION
    printf 'dectprov: 1\nsite: a\nservers:\n'
    printf '  - model: "6500"\n    mac: 0013d1800032\n'
    printf '    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 6%s}, users: {check: true}, cota: {check: true}}}\n' "$1"
    printf '    users: [{username: "%s", configgroup: 100}]\n' "$1"
    printf '    handset_groups: {100: {version: %s, settings: {ringing_volume: {volume: %s}}}}\n' "$1" "$1"
}
for version in 1 2 3; do
    site "$version" > "$version.yaml"
    "$program" render -q "$version.yaml" -o "whole.$version"
done

# Every rename of the first run may be where the second begins: as many as files that change.
for ((rename = 1; rename <= $(find whole.2 -type f | wc -l); rename++)); do
    rm -rf out
    cp -a whole.1 out
    stopped_at rename "$rename" render -q 2.yaml -o out
    waits 0 out render -q 3.yaml -o out
    diff -r out whole.3 || fail "a mix of two runs at rename $rename"
done
((rename == 5)) || fail "$rename renames"

# Where the folder was not there.
rm -rf out
stopped_at rename 2 render -q 2.yaml -o out
waits 0 out render -q 3.yaml -o out
diff -r out whole.3 || fail "a mix of two runs in a new folder"

# A description and its secrets are of one run.
for run in first second; do
    mkdir "$run"
    printf '<users><user><username>%s</username><authpassword>of-%s</authpassword></user></users>' \
        "$((${#run} + 1000))" "$run" > "$run/0013d1800032-users.xml"
done
mkdir into
stopped_at rename 2 import -q --force first -o into/site.yaml
waits 0 into import -q --force second -o into/site.yaml
if ! grep -q 1006 into/site.yaml || ! grep -q of-second into/site.env; then
    fail "a description of one run, secrets of the other"
fi

# What the first has mended, the second does not mend again.
mend() { printf '<users><user><username> 1 </username></user></users>' > tree/0013d1800032-users.xml; }
mkdir tree
mend
stopped_at rename 1 lint -q --unsafe-fixes tree
waits 2 "$work/tree" lint -q --unsafe-fixes tree
grep -q 'dectprov: cannot write tree/0013d1800032-users.xml: it changed since it was read' second.log || fail "$(cat second.log)"
[[ $(cat tree/*) == *'<username>1</username>'* ]] || fail "not mended: $(cat tree/*)"

# Who saves a file when its mended text is staged already keeps what was saved.
mend
stopped_at close 1 lint -q --unsafe-fixes tree
echo '<users/>' > tree/0013d1800032-users.xml
kill -CONT "$first"
status=0
wait "$first" || status=$?
((status == 2)) || fail "a file that changed: status $status"
grep -q 'it changed since it was read' first.log || fail "$(cat first.log)"
[[ $(cat tree/*) == '<users/>' ]] || fail "what was saved is gone: $(cat tree/*)"
[[ -z $(find . -name '.dectprov-staged-*') ]] || fail "a staged file stays"

# Nobody reads a file while it is written who could not before: neither one with passwords that is new, nor one that is
# mended and its owner's alone.
umask 000
rm -rf out
stopped_at rename 1 render -q 1.yaml -o out
grep -q '<username>' out/.dectprov-staged-* || fail "no users file is staged"
while read -r staged; do
    ! grep -q '<username>' "$staged" || [[ $(stat -c %a "$staged") == 640 ]] || fail "staged with mode $(stat -c %a "$staged")"
done < <(find out -name '.dectprov-staged-*')
kill -CONT "$first"
wait "$first" || fail "$(cat first.log)"
mend
chmod 600 tree/*
stopped_at chmod 1 lint -q --unsafe-fixes tree
[[ $(stat -c %a tree/.dectprov-staged-*) == 600 ]] || fail "staged with mode $(stat -c %a tree/.dectprov-staged-*)"
kill -CONT "$first"
wait "$first" || fail "$(cat first.log)"
[[ $(stat -c %a tree/0013d1800032-users.xml) == 600 ]] || fail "mended with another mode"
echo "two writers take turns, a file that was saved meanwhile is kept, and nobody else reads what is staged"
