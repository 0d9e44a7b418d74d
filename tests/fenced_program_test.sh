#!/usr/bin/env bash
# The program raises its fence (apps/fence.hpp) in each command, and each can still do what it is for.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
git init -q .
users='<users><user><username>99 97</username></user></users>'
echo "$users" > 0013d1800001-users.xml
git add .
git -c user.name=x -c user.email=x@example.com commit -qm first

# Status 2 is a filter of system calls (proc(5)).
mkfifo fifo
"$DECTPROV_BINARY" lint - --stdin-filename 0013d1800001-users.xml < fifo > /dev/null &
exec 3> fifo
for ((i = 0; i < 5000; i++)); do
    filter=$(sed -n 's/^Seccomp:[[:space:]]*//p' "/proc/$!/status")
    [[ $filter == 2 ]] && break
done
exec 3>&-
wait "$!" || true
if [[ $filter != 2 ]]; then
    echo "left out: this build or kernel has no fence"
    exit 77
fi

run() { # STATUS ARGUMENT...
    local status=$1 got=0
    shift
    "$DECTPROV_BINARY" "$@" > said 2>&1 || got=$?
    [[ $got == "$status" ]] || { printf '%s: status %s, not %s\n' "$*" "$got" "$status"; cat said; exit 1; }
}
# The options with which a command that reads writes as well.
run 1 lint --report json=report.json .
run 1 lint --write-baseline baseline.json .
run 0 diff --report json=changes.json . .
[[ -s report.json && -s baseline.json && -s changes.json ]]
echo '<config merge_type="Merge"></config>' > 0013d1800001-config.xml
run 1 lint --unsafe-fixes .
run 1 diff git:HEAD .
run 0 generate site --model 6500 --mac 00:13:d1:80:00:02 -o site.yaml
run 0 render site.yaml -o out
run 0 import out -o back.yaml
[[ -s back.yaml ]]
