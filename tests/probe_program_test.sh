#!/usr/bin/env bash
# `dectprov` links no library that speaks to a network; `dectprov probe` starts the program that does, from beside it or
# from libexec, and says so where it is not there.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need readelf nm

needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
probe_program=$(dirname "$DECTPROV_BINARY")/dectprov-probe
needed "$probe_program" | grep -q '^libcurl'
needed "$DECTPROV_BINARY" > out
: > err
last="readelf -d dectprov"
absent curl ssl crypto nghttp ssh ldap
nm -D --undefined-only "$DECTPROV_BINARY" > out
last="nm dectprov"
absent curl_ getaddrinfo gethostbyname

# Where it is: installed beside dectprov, in libexec, or nowhere.
mkdir -p bin libexec
ln "$DECTPROV_BINARY" bin/dectprov 2> /dev/null || cp "$DECTPROV_BINARY" bin/dectprov
free_port
asked=(--server 0013d1800032 --url "http://127.0.0.1:$port")
run() { # run STATUS PROGRAM ARGUMENT…
    local wanted=$1 status=0
    shift
    "$@" > out 2> err < /dev/null || status=$?
    last=$*
    ((status == wanted)) || fail "status $status instead of $wanted: $*"
}
run 2 bin/dectprov probe "${asked[@]}"
found 'dectprov-probe, the program that fetches from provisioning servers, is neither beside dectprov nor in ../libexec'
for place in libexec bin; do
    ln "$probe_program" "$place/dectprov-probe" 2> /dev/null || cp "$probe_program" "$place/dectprov-probe"
    run 1 bin/dectprov probe "${asked[@]}"
    found '[delivery/unreachable]' 'Connection refused'
    run 1 bin/dectprov -q --color never probe "${asked[@]}"
    found '[delivery/unreachable]'
    run 1 "$place/dectprov-probe" "${asked[@]}"
    found '[delivery/unreachable]'
    rm "$place/dectprov-probe"
done
# What can be said without a network is said without the program.
run 0 bin/dectprov probe --help
found --ca-bundle
run 2 bin/dectprov probe --urll x
found "did you mean '--url'?"
echo "dectprov speaks to no network, and finds the program that does"
