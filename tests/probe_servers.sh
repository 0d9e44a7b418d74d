#!/usr/bin/env bash
# What the tests of `dectprov probe` share: real servers on loopback, each on a port of its own, that go with the test.
# Sourced; leaves the test in a new folder, $work. Status 77: what is needed is not installed, which CI does not accept.
set -euo pipefail

PATH=$PATH:/usr/sbin
work=$(mktemp -d)
chmod 755 "$work"
started=()
stop() {
    for process in "${started[@]}"; do kill "$process" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT
cd "$work"

need() { # need TOOL…
    for tool in "$@"; do
        command -v "$tool" > /dev/null && continue
        echo "$tool is not installed"
        [[ -z ${CI:-} ]] || exit 1
        exit 77
    done
}

# Nobody else takes a port twice in a test; that others take it meanwhile is what serve() starts again for.
ports=()
free_port() {
    while true; do
        port=$((20000 + RANDOM % 12000))
        [[ " ${ports[*]} " != *" $port "* ]] || continue
        (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null && continue
        ports+=("$port")
        return
    done
}

# serve PORT COMMAND…: starts a server that stays in the foreground, and waits until it answers.
serve() {
    local wanted=$1
    shift
    "$@" > "server-$wanted.log" 2>&1 &
    local process=$!
    started+=("$process")
    for _ in $(seq 200); do
        if (: < "/dev/tcp/127.0.0.1/$wanted") 2> /dev/null; then return; fi
        kill -0 "$process" 2> /dev/null || break
        sleep 0.05
    done
    cat "server-$wanted.log"
    echo "no server on port $wanted"
    exit 1
}

# expect STATUS ARGUMENT…: probes; what is printed is in `out` and `err`.
expect() {
    local wanted=$1 status=0
    shift
    "$DECTPROV_BINARY" probe "$@" > out 2> err < /dev/null || status=$?
    ((status == wanted)) || fail "status $status instead of $wanted: probe $*"
    last="probe $*"
}

fail() {
    echo "$1"
    cat out err
    exit 1
}

# found TEXT…: every one stands in what was printed. absent TEXT…: none does.
found() {
    for text in "$@"; do grep -qF -e "$text" out err || fail "'$text' is not printed: $last"; done
}
absent() {
    for text in "$@"; do ! grep -qF -e "$text" out err || fail "'$text' is printed: $last"; done
}

# The files of examples/fleet as `render` writes them, in the folder that is named.
render_fleet() {
    mkdir -p "$1"
    (
        set -a
        # shellcheck disable=SC1091 # an input of the example
        . "$DECTPROV_ROOT/examples/fleet/demo.env"
        "$DECTPROV_BINARY" render -q -o "$1" "$DECTPROV_ROOT/examples/fleet/sites" 2> /dev/null
    )
    # Servers of the examples run as other users.
    chmod -R a+rX "$1"
}
