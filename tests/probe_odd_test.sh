#!/usr/bin/env bash
# A server that stalls, drops connections, sends too much, too little or at a byte a second: each question ends in time
# and within bounds, and is told for what it is.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need python3

free_port
serve "$port" python3 "$DECTPROV_ROOT/tests/odd_server.py" "$port"
# Long enough for a machine that does much else at once, where the answer comes at once; a limit of seconds only where none does.
seconds=60
ask() { # ask STATUS FOLDER TEXT…
    local status=$1 folder=$2
    shift 2
    expect "$status" --server 0013d1800032 --url "http://127.0.0.1:$port/$folder" --timeout "$seconds"
    found "$@"
}
times() { grep -c "^/$1/0013d1800032-config.xml\$" asked; }

seconds=1.5 ask 1 stall 'no answer from http://127.0.0.1' 'within 1.5 s' '[delivery/unreachable]'
[[ $(times stall) == 1 ]]
# Slow is what takes more than half of the limit; on a busy machine a short limit may be over by then, and not a longer one.
for limit in 1 8 64; do
    last="probe of what takes $limit s"
    "$DECTPROV_BINARY" probe --server 0013d1800032 --url "http://127.0.0.1:$port/slow/$((limit * 600))" \
        --timeout "$limit" --verbose > out 2> err < /dev/null && break
done
found "more than half of the $limit s" '[delivery/slow]'
ask 1 drop 'the connection was closed before an answer, twice' '[delivery/not-provisioning]'
[[ $(times drop) == 2 ]]
ask 1 short 'was closed after 20 of 76 bytes, twice' '[delivery/not-provisioning]'
[[ $(times short) == 2 ]]
ask 1 long '[xml/malformed]'
expect 1 --server 0013d1800032 --url "http://127.0.0.1:$port/flood" --timeout "$seconds"
found 'larger than 64 MiB' '[delivery/not-provisioning]'
seconds=4 ask 1 trickle 'bytes had arrived' '[delivery/not-provisioning]'
ask 1 headers 'a header of more than 64 KiB' '[delivery/not-provisioning]'
ask 1 file 'redirect to file:, which is not asked' '[delivery/redirect]'
absent root:
ask 1 noise 'the answer is not in the protocol' '[delivery/not-provisioning]'
ask 1 empty 'the answer is empty' '[delivery/not-provisioning]'
# What a server tells in its headers, and what stands in the URL that it leads to, is no one's business.
for format in text json sarif github html; do
    for folder in telling leading; do
        expect 1 --server 0013d1800032 --url "http://dect:Sw0rdfish@127.0.0.1:$port/$folder" --verbose --format "$format"
        found delivery/
        absent Zq7kWm Sw0rdfish
    done
done
mkdir tree
printf '<config>\n  <network>\n    <bootproto>static</bootproto>\n  </network>\n</config>\n' > tree/0013d1800032-config.xml
expect 1 tree --url "http://127.0.0.1:$port/cached"
found 'the answer comes from a cache and is 86400 s old' '[delivery/differs]'
echo "no answer is too odd"
