#!/usr/bin/env bash
# Every folder of ../shared/faults gives its right outcome, as its README has it. Status 77: the folders are not here.
# A folder that stands in no check below is a failure, so that none is forgotten.
set -uo pipefail

faults=$DECTPROV_ROOT/../shared/faults
[[ -d $faults ]] || {
    echo "left out: $faults is not there"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$DECTPROV_BINARY" "$work/bin/dectprov"
export PATH=$work/bin:$PATH D=dectprov
failed=0
seen=()

# The folder NUMBER-… in a copy of its own, which is the current one from here on.
begin() {
    local folders=("$faults/$1"-*)
    name=$(basename "${folders[0]}")
    seen+=("$name")
    [[ -d $faults/$name ]] || {
        echo "$1: no such folder"
        failed=1
    }
    cp -r "$faults/$name" "$work/"
    cd "$work/$name" || exit 1
}

wrong() {
    echo "$name: \$ $command"
    echo "    $1"
    printf '%s\n' "$output" | head -n 40
    failed=1
}

# runs STATUS COMMAND…: what it prints, on both streams, is looked at by the checks that follow.
runs() {
    local expected=$1
    shift
    command=$*
    output=$("$@" 2>&1)
    local status=$?
    [[ $status == "$expected" ]] || wrong "status $status instead of $expected"
}

shell() {
    local expected=$1
    shift
    runs "$expected" bash -c "$1"
}

says() { [[ $output == *"$1"* ]] || wrong "does not say: $1"; }
never_says() { [[ $output != *"$1"* ]] || wrong "says: $1"; }
times() { [[ $(grep -c -- "$2" <<< "$output") == "$1" ]] || wrong "says not $1 times: $2"; }
first() { [[ $(grep -n -m 1 -- "$1" <<< "$output" | cut -d: -f1) -lt $(grep -n -m 1 -- "$2" <<< "$output" | cut -d: -f1) ]] || wrong "'$1' does not stand before '$2'"; }
there() { [[ -e $1 ]] || wrong "$1 is not there"; }
gone() { [[ ! -e $1 ]] || wrong "$1 is there"; }

begin 01
for site in site.yaml min-block.yaml min-flow.yaml; do
    runs 1 dectprov lint "$site"
    says "[site/key]"
    says "a key without a space after its ':'"
done
runs 1 dectprov lint site.yaml
times 6 '\[site/key\]'
runs 1 dectprov render site.yaml -o out
gone out

begin 02
runs 1 dectprov lint sites
says "3 servers"
times 2 '\[value/charset\]'
runs 1 dectprov render sites -o out
gone out

begin 03
runs 1 dectprov diff old new
says "user[9997].ipei  00077 0000001 -> 00077 0000009"
says "user[9998].ipei  00077 0000002 -> 00077 0000001"
says "0 removed, 2 changed, 0 added"
runs 1 dectprov diff old swap
says "0 removed, 2 changed, 0 added"
never_says authpassword

begin 04
runs 0 sh repro.sh
times 3 '"uri": "services/prov/0013d1800032-users.xml"'
times 3 '"path": "services/prov/0013d1800032-users.xml"'
times 3 'rc=0'
[[ $(grep -o '"fingerprint": "[^"]*"' <<< "$output" | sort -u | wc -l) == 1 ]] || wrong "the fingerprints differ"

begin 05
runs 0 sh repro.sh
times 3 'no difference in 3 servers'
times 3 'rc=0'

begin 06
shell 1 "SIP_9997= dectprov render site.yaml -o out"
times 2 '\[site/reference\]'
gone out

begin 07
for folder in noheader sep kennwort; do
    for format in text json sarif junit html markdown gitlab github compact; do
        output=$(dectprov lint --verbose --format "$format" "$folder" 2>&1)
        command="lint --format $format $folder"
        never_says SECRET
    done
    output=$(dectprov render "$folder" -o out --diff 2>&1)
    never_says SECRET
done

begin 08
for folder in url query xml yaml; do
    for format in text json sarif junit html markdown gitlab github compact; do
        output=$(dectprov lint --verbose --format "$format" "$folder" 2>&1)
        command="lint --format $format $folder"
        never_says SECRET
    done
done
for format in text json markdown html; do
    runs 1 dectprov diff --format "$format" url query
    never_says SECRET
done

begin 09
if [[ $(id -u) == 0 ]] && command -v git > /dev/null; then
    runs 0 sh repro.sh
    says "git config --global --add safe.directory"
    says "rc=2"
fi

begin 10
runs 1 dectprov lint .
says '\u{a0}'
says '\u{200b}'
never_says $'\u00a0'
never_says $'\u200b'

begin 11
runs 0 dectprov lint .

begin 12
for folder in sep trailing tab utf16; do runs 0 dectprov lint "$folder"; done

begin 15
runs 0 dectprov lint .
says "warning: 'authpassword' ends before the '#'"
runs 0 dectprov lint --verbose .
says "note: 'displayname' ends before the '#'"
never_says cd34

begin 20
runs 0 dectprov render a.yaml -o out
runs 0 dectprov render r.yaml -o out
runs 0 dectprov lint out
there out/0013d1800002-handset_config_group_5.xml
runs 1 dectprov diff a.yaml r.yaml
says "replaces 0013d1800001"
says "1 handset group"

begin 21
runs 1 dectprov render s4.yaml s5.yaml -o o --keep-going
says s4.yaml
says s5.yaml
gone o

begin 22
runs 0 dectprov import tree/0013d1800003-config.xml -o c.yaml
runs 0 dectprov render c.yaml -o again
runs 0 dectprov render c2.yaml -o out

begin 23
runs 0 dectprov render b.yaml -o b
runs 0 dectprov diff b b.yaml

begin 24
sed 's/}}}}$/}}}, firmware_files: {kws: {version: PCS20Ba 90198}}}/' s.yaml > with.yaml
runs 0 dectprov render with.yaml -o out
there out/kws.bin.ver
runs 1 dectprov render s.yaml -o out --check --prune
says "kws.bin.ver"
runs 0 dectprov render s.yaml -o out --prune
gone out/kws.bin.ver

begin 25
runs 1 dectprov diff A B
says "no longer checks for changes"
first "after this import" "^      no restart"

begin 26
runs 1 dectprov diff A B
says "no longer uses provisioning"

begin 27
runs 1 dectprov diff A B
says "not fetched"
never_says "group 5 sent"

begin 28
runs 1 dectprov diff A B
says "the server keeps its users"
never_says "user removed"

begin 29
runs 1 dectprov diff A B
never_says "goes back to its default"
never_says "sip.callwaiting"
times 1 'not fetched, so nothing changes'

begin 30
runs 0 dectprov render sites/d.yaml -o out
runs 0 cat out/0013d1800009-config.xml
says "<duration>200</duration>"
says "<callwaiting>false</callwaiting>"
runs 1 dectprov lint sites
times 1 '\[value/type\]'

begin 31
runs 0 dectprov lint s.yaml

begin 32
runs 0 dectprov lint .
never_says "suppression/unused"

begin 33
runs 0 dectprov lint site.yaml

begin 40
for input in . 0013d1650006-users.xml; do
    runs 1 dectprov lint "$input"
    says "[value/type]"
done
runs 1 dectprov lint .
says "0013d1650006-users.xml exists"
says "[file/name]"

begin 41
runs 0 dectprov lint --fix .
runs 0 grep -rh VERSION .
says VERSION2

begin 42
for arguments in "schema site" explain "lint --format json $faults/41-fix-lowers-a-version" "generate config-file"; do
    shell 2 "dectprov $arguments > /dev/full"
    says "cannot write standard output"
done

begin 51
runs 1 dectprov lint . --model 6500
times 3 '\[element/misplaced\]'
says "its place is data.ringing_volume"

begin 52
runs 1 dectprov lint a b --model 6500
times 2 '\[config/merge-type\]'
never_says "element/attribute"

begin 53
for model in "" "--model 200" "--model 400"; do
    shell 0 "dectprov lint . $model"
    times 1 '\[config/licence-missing\]'
done

begin 54
runs 0 dectprov lint n --model 6500
says "[file/orphan]"
runs 1 dectprov diff o n --model 6500
says "the server no longer uses provisioning: this is the last file it fetches"

begin 55
runs 1 dectprov diff o n --model 6500
says "stay in 1 handset"
never_says "no user"

begin 57
runs 1 dectprov diff o n --model 6500
never_says "the server restarts"

begin 58
runs 1 dectprov diff o n --model 6500
never_says "the server restarts"

begin 60
runs 1 dectprov lint . --model 6500
says "[value/choice]"
says "did you mean 'high'?"

begin 62
runs 1 dectprov lint .
times 1 ' error: '
says "[element/not-for-model]"

begin 63
for server in "a 200" "b 6500" "d 8000" "e 400"; do
    read -r folder model <<< "$server"
    runs 1 dectprov lint "$folder" --model "$model" --format compact
    times 1 '\['
    says "[element/not-for-model]"
done
runs 1 dectprov lint c --model 6500 --format compact
times 2 '\[element/not-for-model\]'
times 2 '\['

begin 64
for folder in a b c d e; do
    runs 0 dectprov lint "$folder" --model 6500 --format compact
    times 1 '\['
    says "[element/unknown]"
done

begin 66
runs 1 dectprov lint a --model 6500
times 2 'list.ver:.*\[value/range\]'
never_says "has no file"
runs 1 dectprov lint b --model 6500
times 2 '\[file/name\]'
never_says "set it to 10000"

begin 69
runs 1 dectprov lint . --model 6500
for section in longkey show_missed_calls auto_login tear_off_alarm; do says "data.$section"; done

begin 74
runs 1 dectprov lint . --model 6500
never_says "of at least 0"

begin 75
for folder in a b; do
    runs 1 dectprov lint "$folder"
    says "[config/firmware-name]"
done

begin 81
runs 0 bash run.sh
never_says QzPlantedSecretXy
says "rc=1"
says "[site/reference]"

begin 82
runs 0 bash run.sh
never_says QzPlantedSecretXy
says "rc=1"
says "[site/reference]"

begin 83
runs 0 bash run.sh
says "rc=2"
says "nonexist"

begin 84
runs 0 bash run.sh
says "rc=2"
says '"element/unknown"'

begin 85
runs 0 bash run.sh
never_says '^['
never_says $'\n::stop-commands'

begin 86
runs 1 bash run.sh
never_says QzPlantedSecretXy
says "640 out/"

begin 87
runs 0 bash run.sh
says "[site/output-collision]"
says "check rc=1"
gone out

begin 88
runs 0 bash run.sh
[[ $output -lt 4096 ]] || wrong "a message of $output bytes"

begin 89
shell 0 "dectprov lint . || true"
says "[policy/pin]"
runs 0 bash run.sh
never_says QzPlantedSecretXy

begin 90
if command -v strace > /dev/null; then
    shell 0 "bash run.sh || true"
    never_says staged
fi

for folder in "$faults"/*/; do
    name=$(basename "$folder")
    [[ " ${seen[*]} " == *" $name "* ]] || {
        echo "$name: no check"
        failed=1
    }
done
echo "${#seen[@]} faults looked at"
exit "$failed"
