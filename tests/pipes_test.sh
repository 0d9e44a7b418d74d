#!/usr/bin/env bash
# Pipes, process substitution and /dev/stdin are inputs like files: what they are, their content says.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir .git
users='<users><user><username>9997</username><ipei>00077 0000001</ipei></user></users>'
config() { echo "<config><provisioning><check><interval>$1</interval></check></provisioning></config>"; }

expect() {
    local status=$1 text=$2 got=0
    shift 2
    output=$("$@" 2>&1) || got=$?
    [[ $got == "$status" && $output == *"$text"* ]] || {
        printf '%s\n    status %s, and not: %s\n%s\n' "$*" "$got" "$text" "$output"
        exit 1
    }
}

lint_pipe() { echo "$1" | "$DECTPROV_BINARY" lint /dev/stdin; }
lint_file() { "$DECTPROV_BINARY" lint /dev/stdin < "$1"; }
# A pipe that nobody has opened for writing yet is read as empty (status 2), and its writer would wait for ever.
lint_fifo() {
    local status=2 writer try
    mkfifo "$1"
    for ((try = 0; try < 20 && status == 2; ++try)); do
        status=0
        echo "$2" > "$1" &
        writer=$!
        "$DECTPROV_BINARY" lint "$1" > lint_fifo.out 2>&1 || status=$?
        ((status != 2)) || kill "$writer" 2> /dev/null || true
        wait "$writer" 2> /dev/null || true
    done
    cat lint_fifo.out
    return "$status"
}

expect 0 "no findings" lint_pipe "$users"
expect 1 "value/charset" lint_pipe "${users/9997/99 97}"
echo "${users/9997/99 97}" > some.xml
expect 1 "value/charset" lint_file some.xml
expect 0 "no findings" lint_fifo one "$users"
expect 1 "value/charset" lint_fifo two "${users/9997/99 97}"
expect 1 "value/charset" "$DECTPROV_BINARY" lint <(echo "${users/9997/99 97}")
expect 2 "neither its name nor its content says what it is" "$DECTPROV_BINARY" lint <(echo text)
expect 1 "provisioning.check.interval  60 -> 30" "$DECTPROV_BINARY" diff <(config 60) <(config 30)
expect 0 "no difference" "$DECTPROV_BINARY" diff <(config 60) <(config 60)
config 60 > 0013d1800001-config.xml
expect 0 "provisioning.check.interval: 60" "$DECTPROV_BINARY" preview --current <(echo 'provisioning.check.interval: 30') 0013d1800001-config.xml
echo "pipes are read as files are"
