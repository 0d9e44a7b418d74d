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

seconds=1.5 ask 1 stall 'a connection was made, but no answer came within 1.5 s' '[delivery/not-provisioning]'
absent unreachable
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
# What a redirect leads to is not the server that redirects.
ask 1 nobody 'no connection to http://127.0.0.1:1: Connection refused' '[delivery/redirect]' '[delivery/unreachable]'
absent "no connection to http://127.0.0.1:$port"
# One file that does not come is not a host that does not.
expect 1 --server 0013d1800031 --server 0013d1800032 --server 0013d1800033 --url "http://127.0.0.1:$port/first" --timeout 4
found '1 error in 3 files of 3 servers' '00031-config.xml:1:1: error: a connection was made' '0013d1800033: 1 of 1 file served'
# Of an image the size alone is asked for, however large it is, and by GET where HEAD does not say it.
ask 0 images '0013d1800032: 2 of 2 files served'
printf 'image' > kws.bin
printf '<config><provisioning><firmware><kws>kws.bin</kws></firmware></provisioning></config>' > 0013d1800032-config.xml
for folder in images:104,857,600 headless:70,000; do
    expect 1 . --url "http://127.0.0.1:$port/${folder%:*}" --timeout "$seconds"
    found "${folder#*:} bytes are served, but kws.bin has 5" '[delivery/differs]'
done
rm kws.bin 0013d1800032-config.xml
ask 1 pages 'kws.bin:1:1: error: what is served is a web page' '[delivery/not-provisioning]'
# A login is sent as it is meant, and what needs it is not public.
expect 0 --server 0013d1800032 --url "http://dect:Sw0rd%2Ffish@127.0.0.1:$port/login" --timeout "$seconds" --verbose
found 'no findings'
absent Sw0rd delivery/
grep -qx '/login/' asked
# What a TFTP server says of its error.
web=$port
free_port
python3 - "$port" << 'END' > tftp.log &
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", int(sys.argv[1])))
    print("ready", flush=True)
    while True:
        _, who = server.recvfrom(2000)
        server.sendto(b"\0\5\0\0the disk is away, password=Sw0rdfish\0", who)
END
started+=($!)
for _ in $(seq 100); do
    grep -q ready tftp.log && break
    sleep 0.05
done
expect 1 --server 0013d1800032 --url "tftp://127.0.0.1:$port" --timeout "$seconds"
found 'the server answers with an error: the disk is away, password=***' '[delivery/not-provisioning]'
absent Sw0rd
# An FTP server that lets one in, and says nothing more.
free_port
serve "$port" python3 -c '
import socketserver, sys, time
class Mute(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        replies = {b"USER": b"331 and\r\n", b"PASS": b"230 in\r\n"}
        while line := self.rfile.readline():
            self.wfile.write(replies[line.split()[0]]) if line.split()[0] in replies else time.sleep(60)
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Mute).serve_forever()' "$port"
expect 1 --server 0013d1800032 --url "ftp://127.0.0.1:$port" --timeout 2
found 'a connection was made, but no answer came within 2 s' '[delivery/not-provisioning]'
port=$web
mkdir tree
printf '<config>\n  <network>\n    <bootproto>static</bootproto>\n  </network>\n</config>\n' > tree/0013d1800032-config.xml
expect 1 tree --url "http://127.0.0.1:$port/cached"
found 'the answer comes from a cache and is 86400 s old' '[delivery/differs]'
echo "no answer is too odd"
