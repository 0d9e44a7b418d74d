#!/usr/bin/env bash
# The standard streams of the program as the system has them: output that cannot be written, a reader that went away,
# streams that are closed or no files, a working folder that was removed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir .git tree
# Named by what it is, so that no folder above is asked for a configuration.
echo '<users><user><ipei>00077 0000001</ipei><username>99 97</username></user></users>' > tree/0013d1800032-users.xml
echo '<config><sip><callwaiting>false</callwaiting></sip></config>' > tree/0013d1800032-config.xml
mkdir other
echo '<config><sip><callwaiting>true</callwaiting></sip></config>' > other/0013d1800032-config.xml
"$DECTPROV_BINARY" generate site --model 6500 --mac 00:13:d1:80:00:33 > site.yaml

fail() {
    echo "$*"
    exit 1
}

status=0
# run COMMAND…: leaves the status in `status`, what it says in `said`.
run() {
    status=0
    "$@" 2> said || status=$?
}

commands=(
    "--version"
    "--help"
    "lint --help"
    "explain"
    "explain sip.dtmf.duration"
    "explain file/name"
    "schema site"
    "schema users"
    "completion bash"
    "generate config-file"
    "generate site --model 6500 --mac 00:13:d1:80:00:32"
    "lint tree"
    "lint --format json tree"
    "lint --format sarif tree"
    "lint --format html tree"
    "lint --statistics tree"
    "lint --show-config tree/0013d1800032-users.xml"
    "diff tree other"
    "diff --format json tree other"
    "preview --current tree/0013d1800032-config.xml other/0013d1800032-config.xml"
    "render --dry-run site.yaml -o out"
    "render --dry-run --diff site.yaml -o out"
)
for command in "${commands[@]}"; do
    read -ra words <<< "$command"
    run "$DECTPROV_BINARY" "${words[@]}" > /dev/full
    ((status == 2)) || fail "$command > /dev/full: status $status"
    grep -q '^dectprov: cannot write standard output: No space left on device$' said || fail "$command: $(cat said)"
    run "$DECTPROV_BINARY" "${words[@]}" >&-
    ((status == 2)) || fail "$command >&-: status $status"
    grep -q '^dectprov: cannot write standard output: ' said || fail "$command >&-: $(cat said)"
done

# A name for the standard output, where that is closed.
commands=(
    "lint -q --report json=/dev/stdout tree"
    "lint -q --report json=/dev/fd/1 tree"
    "lint -q --write-baseline /dev/stdout tree"
    "generate config --model 6500 --force -o /dev/stdout"
)
for command in "${commands[@]}"; do
    read -ra words <<< "$command"
    run "$DECTPROV_BINARY" "${words[@]}" >&-
    ((status == 2)) || fail "$command >&-: status $status"
    [[ -s said ]] || fail "$command >&- says nothing"
done

# A reader that goes away at once, with SIGPIPE as it is by default and where it is ignored.
for ignored in "" "trap '' PIPE;"; do
    mkfifo pipe
    bash -c "$ignored exec \"\$0\" explain > pipe" "$DECTPROV_BINARY" 2> said &
    exec 3< pipe
    exec 3<&-
    status=0
    wait $! || status=$?
    ((status == 141 || status == 0)) || fail "a closed pipe: status $status"
    [[ ! -s said ]] || fail "a closed pipe: $(cat said)"
    rm pipe
done

# An output file is never taken for the closed standard output.
run "$DECTPROV_BINARY" lint --format json --report junit=report.xml tree >&-
((status == 2)) || fail "a report beside a closed output: status $status"
[[ $(head -c 5 report.xml) == '<?xml' && $(tail -n 1 report.xml) == '</testsuites>' ]] || fail "the report is mixed up"

# A name for a standard stream that goes to a file: what is there stays, and what is written comes behind it, in order.
echo '<users><user><username> 9</username></user></users>' > other/0013d1800032-users.xml
commands=(
    "lint --format compact --report github=/dev/stdout other"
    "lint --format compact --report github=log other"
    "lint --format compact --write-baseline /dev/stdout other"
    "diff -q --report json=/dev/stdout tree other"
    "render --dry-run --report json=/dev/stdout site.yaml -o out"
    "generate config --model 6500 --force -o /dev/stdout"
)
for command in "${commands[@]}"; do
    read -ra words <<< "$command"
    "$DECTPROV_BINARY" "${words[@]}" 2> /dev/null | cat > piped || true
    for stream in "log" "fresh"; do
        if [[ $command == *log* && $stream == fresh ]]; then continue; fi
        echo before > log
        rm -f fresh
        run "$DECTPROV_BINARY" "${words[@]}" >> "$stream"
        ((status < 2)) || fail "$command >> $stream: status $status: $(cat said)"
        [[ $command == *log* ]] || { [[ $stream == log ]] && echo before; cat piped; } | cmp -s - "$stream" ||
            fail "$command >> $stream: $(cat "$stream")"
    done
    if [[ $command == *log* ]]; then
        [[ $(sed -n '1p' log) == before && $(sed -n '2p' log) == other/* && $(tail -n 1 log) == ::* ]] || fail "$command >> log: $(cat log)"
    fi
done
run "$DECTPROV_BINARY" lint -q --format compact --report github=/dev/stderr other > found
[[ -s found && $(tail -n 1 said) == ::* ]] || fail "a report on standard error: $(cat said)"
run "$DECTPROV_BINARY" lint -q --format compact --write-baseline none/b.json --report json=report.json other > found
((status == 2)) || fail "a baseline that cannot be written: status $status"
[[ -s found && -s report.json ]] || fail "a baseline that cannot be written hides the findings"
grep -q '^dectprov: cannot write none/b.json: ' said || fail "a baseline that cannot be written: $(cat said)"

# Standard input that is no file, or none.
run "$DECTPROV_BINARY" lint - --stdin-filename 0013d1800032-users.xml < tree
((status == 2)) || fail "a folder as standard input: status $status"
grep -q 'cannot read standard input: Is a directory' said || fail "a folder as standard input: $(cat said)"
run "$DECTPROV_BINARY" lint - --stdin-filename 0013d1800032-users.xml <&-
((status == 2)) || fail "no standard input: status $status"

# A working folder that was removed.
mkdir gone
cd gone
rmdir ../gone
status=0
"$DECTPROV_BINARY" lint - --stdin-filename 0013d1800032-users.xml < "$work/tree/0013d1800032-users.xml" 2> "$work/said" ||
    status=$?
((status == 2)) || fail "a removed working folder: status $status"
[[ $(wc -l < "$work/said") == 1 ]] || fail "a removed working folder: $(cat "$work/said")"
grep -q '^dectprov: ' "$work/said" || fail "a removed working folder: $(cat "$work/said")"
# What is named from the root needs none.
"$DECTPROV_BINARY" lint -q --exit-zero "$work/tree" > "$work/found"
grep -q 'value/' "$work/found" || fail "a removed working folder hides what is named from the root"
cd "$work"
echo "all streams behave"
