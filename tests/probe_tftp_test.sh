#!/usr/bin/env bash
# A real in.tftpd serves the example fleet: `probe` finds nothing, and a file in capitals, a folder too high, and a file
# that not everybody may read.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need in.tftpd
# It changes its user and its root, which it may as root alone.
((EUID == 0)) || exit 77

render_fleet srv/dect
chmod -R o-r srv/dect/*-users.xml
# shellcheck disable=SC1091 # an input of the example
. "$DECTPROV_ROOT/examples/publish/tftpd-hpa"
: "$TFTP_USERNAME $TFTP_DIRECTORY $TFTP_ADDRESS"
start() { # start OPTION…: a server of work/srv, at $url
    free_port
    in.tftpd --foreground --address "127.0.0.1:$port" --user root "$@" "$work/srv" > "tftpd-$port.log" 2>&1 &
    started+=($!)
    url=tftp://127.0.0.1:$port/dect
    for _ in $(seq 100); do
        "$DECTPROV_BINARY" probe -q --url "$url" --server 0013d1250001 --timeout 1 > out 2> err || true
        grep -q delivery/unreachable out || return 0
        sleep 0.05
    done
    fail 'in.tftpd does not answer'
}

# shellcheck disable=SC2086 # they are several words
start $TFTP_OPTIONS
expect 0 srv/dect --url "$url"
found 'no findings in 15 files of 4 servers'
expect 0 srv/dect --url "$url" -o kept
diff -r srv/dect kept

# Without --permissive it serves what everybody may read.
start --secure
expect 1 srv/dect --url "$url"
found 'access violation' '[delivery/refused]' 'TFTP servers serve only files that everybody may read'
chmod -R o+r srv/dect

cp -r srv/dect described
mv srv/dect/0013d1400002-config.xml srv/dect/0013D1400002-config.xml
head -c 100000 /dev/zero > described/kws400.bin
head -c 90000 /dev/zero > srv/dect/kws400.bin
expect 1 described --url "$url"
found 'it exists under the name 0013D1400002-config.xml' 'there is no such file' '[delivery/missing]' \
    '90,000 bytes are served, but described/kws400.bin has 100,000'
expect 1 described --url "$url/deeper"
found "it exists in the folder $url/"
echo "what in.tftpd serves well is found well, and the rest is found"
