#!/usr/bin/env bash
# What a walk meets that is no file, that leads astray, or that changes while the walk goes on: no command waits for it,
# and what is left out is said, or is nobody's input.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

config='<config><provisioning><check><interval>60</interval></check></provisioning></config>'
users='<users><user><username>70 01</username></user></users>'
tree() { # tree FOLDER
    mkdir -p "$1/sub"
    echo "$config" > "$1/0013d1800032-config.xml"
    echo "$users" > "$1/sub/0013d1800033-users.xml"
    printf 'dectprov: 1\nservers:\n  - {model: "6500", mac: 0013d1800040, settings: {network: {bootproto: dhcp}}}\n' \
        > "$1/sub/site.yaml"
}
tree plain
echo 'provisioning.check.interval: 30' > held

# What each command that walks says of a folder, and its status; how it is called there is left out.
commands=(lint render diff import preview)
say() { # say COMMAND FOLDER
    local status=0
    rm -rf out out.yaml
    case $1 in
        lint) set -- "$2" lint --format compact "$2" ;;
        render) set -- "$2" render "$2" -o out ;;
        diff) set -- "$2" diff "$2" plain ;;
        import) set -- "$2" import --model 400 "$2" -o out.yaml ;;
        preview) set -- "$2" preview --current held "$2/0013d1800032-config.xml" ;;
    esac
    "${with[@]}" "$DECTPROV_BINARY" "${@:2}" > said 2>&1 || status=$?
    echo "status $status" >> said
    sed "s:$1/:HERE/:g" said
}
with=(env)
expect() { # expect FOLDER TEXT COMMAND…: each says so
    local folder=$1 text=$2
    shift 2
    for command in "$@"; do
        say "$command" "$folder" > told
        grep -qF -- "$text" told || { echo "$command $folder does not say '$text':"; cat told; exit 1; }
    done
}

# ---- what is no file, under the names of files that are read
tree odd
mkfifo odd/0013d1800034-config.xml odd/sub/0013d1800033-config.xml odd/site.yaml odd/sub/.dectprov.yaml odd/kws.bin.ver
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("odd/0013d1800035-config.xml")'
ln -s /dev/zero odd/0013d1800036-config.xml
ln -s /dev/zero odd/zero.yaml
ln -s other odd/one
ln -s one odd/other
ln -s . odd/here
ln -s .. odd/sub/up
ln -s sub odd/sub-again
for command in "${commands[@]}"; do
    say "$command" plain > expected
    say "$command" odd > told
    diff expected told || { echo "$command says something else where there are pipes, devices and loops"; exit 1; }
done

# What a description names is no pipe that nobody writes to, nor a device.
tree named
mkfifo named/sub/users.csv
printf 'dectprov: 1\nservers:\n  - {model: "6500", mac: 0013d1800040, users: [{from: users.csv}, {from: zero.csv}]}\n' \
    > named/sub/site.yaml
ln -s /dev/zero named/sub/zero.csv
expect named "'zero.csv' leads to a file that is made by the system" lint render

# A socket that is named is no device, whatever the system says of it.
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket.yaml")'
expect socket.yaml 'cannot read socket.yaml: it is not a regular file' lint render import

# ---- links up, and to what the system makes up
for to in / "$work" /proc /sys /dev; do
    rm -rf astray
    tree astray
    ln -s "$to" astray/sub/x
    case $to in
        /proc | /sys | /dev) why='its files are made by the system' ;;
        *) why='it is a link to a folder above it' ;;
    esac
    expect astray "dectprov: cannot read HERE/sub/x: $why" lint render diff import
    expect astray 'status 2' lint render diff import
done
expect astray 'HERE/sub/0013d1800033-users.xml:1:' lint
expect /proc 'cannot read /proc: its files are made by the system' lint
# Who wants it says so, or names the folder.
mkdir -p top/down
echo "$users" > top/0013d1800037-users.xml
ln -s .. top/down/up
expect top/down/up 'HERE/0013d1800037-users.xml:1:' lint
"$DECTPROV_BINARY" lint --format compact --allow-outside top top/down > said || (($? == 1))
grep -q '^top/down/up/0013d1800037-users.xml:1:' said
# A repository has its own bounds.
mkdir top/.git
expect top/down 'HERE/up/0013d1800037-users.xml:1:' lint

# ---- files of which there is no end
tree sparse
truncate -s 3G sparse/0013d1800032-config.xml
truncate -s 3G sparse/large.yaml
expect sparse 'cannot read HERE/0013d1800032-config.xml: it is larger than 2 GiB' lint diff preview
expect sparse 'cannot read HERE/large.yaml: it is larger than 2 GiB' lint render diff import
expect sparse 'HERE/sub/0013d1800033-users.xml:1:' lint

# ---- names that are no text
tree bytes
echo "$config" > bytes/$'0013d18000\xff\xfe-config.xml'
echo "$users" > bytes/sub/$'0013d1800038-users\xff.xml'
mkdir bytes/$'\xc3'
echo "$users" > bytes/$'\xc3'/0013d1800039-users.xml
expect bytes 'HERE/\xc3/0013d1800039-users.xml:1:' lint
[[ $(iconv -f utf-8 -t utf-8 < said) == "$(cat said)" ]]
"$DECTPROV_BINARY" lint --format json bytes > said || (($? == 1))
python3 -c 'import json; json.load(open("said", encoding="utf-8"))'

# ---- files that go, or become shorter, when the folder has been listed
if [[ -z ${DECTPROV_INJECTOR:-} ]]; then
    echo "no walk waits; what changes meanwhile was left out: no injector in this build"
    exit 0
fi
for name in 0013d1800032-config.xml sub/0013d1800033-users.xml sub/site.yaml; do
    for how in GONE CUT; do
        for command in "${commands[@]}"; do
            rm -rf changing
            tree changing
            with=(env LD_PRELOAD="$DECTPROV_INJECTOR" "DECTPROV_$how=changing/$name")
            say "$command" changing > told
            status=$(sed -n 's/^status //p' told)
            ((status <= 2)) || { echo "$command while $name is $how:"; cat told; exit 1; }
            if grep -q 'mistake in the program' told; then cat told; exit 1; fi
        done
    done
done
with=(env LD_PRELOAD="$DECTPROV_INJECTOR" DECTPROV_GONE=changing/0013d1800032-config.xml)
for command in lint diff import preview; do
    rm -rf changing
    tree changing
    expect changing 'cannot read HERE/0013d1800032-config.xml: No such file or directory' "$command"
    grep -q 'status 2' told
    [[ $command != lint ]] || grep -q 'HERE/sub/0013d1800033-users.xml:1:' told
done
echo "no walk waits, and each says what it leaves out"
