#!/usr/bin/env bash
# Input and output that no file set can be made of: a message with its place, the status of the contract, and nothing
# changed on disk.
set -euo pipefail

work=$(mktemp -d)
chmod 755 "$work"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"

server() { # server MAC MORE
    printf 'dectprov: 1\nsite: clinic\n%sservers:\n  - model: "6500"\n    mac: %s\n' "${3:-}" "$1"
    printf '    settings: {provisioning: {check: {interval: 60}, users: {check: true}}}\n    %s\n' "$2"
}
# A folder's own time may tell that something stood in it for a moment.
state() { find . ! -path ./log \( -type d -printf '%p %m\n' -o -printf '%p %y %m %s %l %T@\n' \) | sort; }

# refused STATUS MESSAGE ARGUMENT…
refused() {
    local wanted=$1 message=$2 before status=0
    shift 2
    before=$(state)
    "${as[@]}" "$DECTPROV_BINARY" render "$@" 2> log > /dev/null || status=$?
    if ((status != wanted)) || ! grep -qF -- "$message" log || [[ $(state) != "$before" ]]; then
        echo "render $*: status $status, not $wanted with '$message' and nothing changed:"
        cat log
        diff <(echo "$before") <(state) || true
        exit 1
    fi
    ! grep -q hunter2 log
}
as=()
: > log

server 0013d1800032 'users: [{username: "1"}]' > good.yaml
server 00-13-D1-80-00-32 'users: []' > again.yaml
refused 1 'good.yaml:5:10: error: 0013d1800032 is described twice [site/duplicate-server]' good.yaml again.yaml -o out
# shellcheck disable=SC2016  # the description's references
server 0013d1800033 'users: [{username: "1", authpassword: "${env:DECTPROV_NOT_SET}"}]' > secret.yaml
refused 1 "secret.yaml:7:44: error: the environment variable 'DECTPROV_NOT_SET' is not set" secret.yaml -o out
# shellcheck disable=SC2016
server 0013d1800033 'users: [{username: "1", authpassword: "${file:nowhere}"}]' > secret.yaml
refused 1 "secret.yaml:7:44: error: there is no file 'nowhere' [site/reference]" secret.yaml -o out

server 0013d1800033 'users: [{from: users.csv}]' > table.yaml
printf 'user,displayname\n1,Anna\n' > users.csv
refused 1 "users.csv:1:1: error: 'user' is not a field of a user [site/key]" table.yaml -o out
printf 'username,authpassword\n1,hunter2,hunter2\n' > users.csv
refused 1 'users.csv:2:11: error: 3 fields in a row; the header has 2 [site/key]' table.yaml -o out
printf 'username,username\n1,2\n' > users.csv
refused 1 "users.csv:1:10: error: the column 'username' occurs twice [site/key]" table.yaml -o out
printf 'username,displayname\n1,\xe6\n' > users.csv
refused 1 'users.csv:2:3: error: bytes that are not UTF-8 [file/encoding]' table.yaml -o out
# A byte order mark is what spreadsheets write, and no part of the first column's name.
printf '\xef\xbb\xbfusername,displayname\r\n1,"A\r\nB"\r\n' > users.csv
"$DECTPROV_BINARY" render -q table.yaml -o marked
grep -q '<username>1</username>' marked/0013d1800033-users.xml

printf 'dectprov: 1\nextends: [b.yaml]\n' > a.yaml
printf 'dectprov: 1\nextends: [a.yaml]\n' > b.yaml
server 0013d1800034 'users: []' 'extends: [a.yaml]
' > cycle.yaml
refused 1 "b.yaml:2:11: error: 'a.yaml' extends itself" cycle.yaml -o out
{
    printf 'dectprov: 1\na: &a [x, x, x, x, x, x, x, x, x]\n'
    above=a
    for name in b c d e f g h i j; do
        printf '%s: &%s [*%s, *%s, *%s, *%s, *%s, *%s, *%s, *%s, *%s]\n' "$name" "$name" \
            "$above" "$above" "$above" "$above" "$above" "$above" "$above" "$above" "$above"
        above=$name
    done
} > bomb.yaml
refused 1 'error: the aliases make the file larger than one file may be [site/yaml]' bomb.yaml -o out

refused 2 'cannot write good.yaml: it is not a folder' good.yaml -o good.yaml
refused 2 'cannot write good.yaml/out: it is not a folder' good.yaml -o good.yaml/out
mkdir link target
ln -s ../target/config.xml link/0013d1800032-config.xml
echo old > target/config.xml
refused 2 'cannot write link/0013d1800032-config.xml: it is a symbolic link' good.yaml -o link
mkdir site
ln -s ../target site/clinic
refused 2 'cannot write site/clinic: it is a link or not a folder' good.yaml --layout site -o site
[[ $(cat target/config.xml) == old ]]

# Root may write everywhere, so somebody else has to try.
mkdir closed
chmod 555 closed
if ((EUID == 0)); then
    if command -v setpriv > /dev/null; then as=(setpriv --reuid 65534 --regid 65534 --clear-groups); fi
fi
if ((EUID != 0)) || ((${#as[@]} > 0)); then
    refused 2 'cannot write closed/0013d1800032-users.xml: Permission denied' good.yaml -o closed
    refused 2 'cannot make closed/new: Permission denied' good.yaml -o closed/new

    # A table that nobody may read is told where it is named: a small one, and one that would be read in parts.
    printf 'dectprov: 1\nservers: [{from: table.csv}]\n' > table.yaml
    printf 'mac,model\n0013d1800032,6500\n' > table.csv
    chmod 000 table.csv
    refused 1 'table.yaml:2:18: error: cannot read table.csv: Permission denied [site/reference]' table.yaml -o out
    chmod 644 table.csv
    head -c 3000000 /dev/zero | tr '\0' '\n' >> table.csv
    chmod 000 table.csv
    refused 1 'table.yaml:2:18: error: cannot read table.csv: Permission denied [site/reference]' table.yaml -o out
fi
as=()

# A folder that is full, and one that can only be read. Without the right to mount, file_set_test has a limit for it.
if ((EUID == 0)) && unshare --mount true 2> /dev/null; then
    {
        printf 'dectprov: 1\nservers:\n'
        for number in $(seq 10 99); do
            printf '  - {model: "6500", mac: 0013d18001%s, settings: {network: {bootproto: dhcp}}}\n' "$number"
        done
    } > many.yaml
    mkdir full
    # shellcheck disable=SC2016  # the inner shell's variables
    unshare --mount bash -euc '
        mount -t tmpfs -o size=64k tmpfs full
        "$DECTPROV_BINARY" render -q good.yaml -o full
        before=$(sha256sum full/*)
        check() {
            status=0
            "$DECTPROV_BINARY" render -q many.yaml -o full 2> log || status=$?
            ((status == 2)) && grep -qE "^dectprov: cannot write full/0013d18001[0-9]{2}-config.xml: $1" log
            [[ $(sha256sum full/*) == "$before" && $(find full -name ".dectprov*") == "" ]]
        }
        check "No space left on device"
        mount -o remount,ro full
        check "Read-only file system"
    ' || { cat log; exit 1; }
fi
echo "refused with a place, and nothing changed"
