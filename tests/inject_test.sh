#!/usr/bin/env bash
# Every call of the system that writes is made to fail, and the process to end before it, in every command that writes:
# afterwards each file is old or new, never half; a list is new only where its groups are; a failure has status 2 and names
# the file or its folder; the next run ends where an undisturbed one does and leaves nothing of the other behind.
# Status 77: the injector cannot be loaded into this build.
set -euo pipefail

[[ -n ${DECTPROV_INJECTOR:-} ]] || exit 77
# What the program writes with and the injector does not know would never fail here.
writing='(open|openat|creat|f?open(at)?64|freopen|fwrite|fputs|p?writev?(64)?2?|sendfile(64)?|copy_file_range|splice|close|fsync|fdatasync|syncfs|sync'
writing+='|f?chmod(at)?|[fl]?chown(at)?|mkdir(at)?|mknod(at)?|mkfifo|rename(at)?2?|link(at)?|symlink(at)?|unlink(at)?|remove|rmdir|f?truncate(64)?'
writing+='|(posix_)?fallocate(64)?|mkstemp(64)?|mkdtemp|tmpfile|utimensat|futimens|setxattr|close_range)'
imports() { nm --dynamic "$1" "$2" | awk '{print $NF}' | sed 's/@.*//' | grep -xE "$writing" | sort; }
unknown=$(comm -23 <(imports --undefined-only "$DECTPROV_BINARY") <(imports --defined-only "$DECTPROV_INJECTOR"))
[[ -z $unknown ]] || { echo "inject_test: calls that write and are in no injector: $unknown"; exit 1; }
# Each run flushes its file system, which takes as long as whatever else is written there does.
folder=${TMPDIR:-/tmp}
[[ ! -w /dev/shm ]] || folder=/dev/shm
work=$(mktemp -d -p "$folder")
trap 'rm -rf "$work"' EXIT
cd "$work"
export DECTPROV_INJECTED=$work/injected
program=$DECTPROV_BINARY
runs=0
harmless=0

fail() {
    echo "inject_test: $*"
    cat log
    exit 1
}

site() { # site VERSION [GROUP]: one of the two groups 100 and GROUP
    printf 'dectprov: 1\nsite: a\nservers:\n'
    printf '  - model: "6500"\n    mac: 0013d1800032\n'
    printf '    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 60}, users: {check: true}, cota: {check: true}}}\n'
    printf '    users: [{username: "1", authpassword: hunter%s, configgroup: 100}]\n' "$1"
    printf '    handset_groups: {100: {version: %s, settings: {ringing_volume: {volume: %s}}}' "$1" "$1"
    [[ -z ${2:-} ]] || printf ', %s: {version: 1, settings: {ringing_volume: {volume: 1}}}' "$2"
    printf '}\n'
}

# What a folder holds, a line a file; staged files are not counted, since the next run removes them.
sums() { (cd "$1" && find . -type f ! -name '.dectprov-staged-*' -exec sha256sum {} + | sort); }

# old_or_new WHAT SUMS: every file is as it was before, or as it is after an undisturbed run.
old_or_new() {
    [[ -z $(comm -23 <(echo "$2") both.sums) ]] || fail "$1: neither old nor new: $2"
    # No file went that was there before and is there after.
    [[ -z $(comm -23 kept.names <(awk '{print $2}' <<< "$2" | sort)) ]] || fail "$1: a file is gone"
}

# lists_after_groups: a list names only groups that are there, and says VERSION2 only where its group does.
lists_after_groups() {
    local list group
    while read -r list; do
        ! grep -q VERSION2 "$list" || grep -q '<version>2<' "${list%list.ver}group_100.xml" || fail "$1: $list came first"
        while read -r group; do
            [[ -f ${list%list.ver}group_$group.xml ]] || fail "$1: $list names group $group, which is not there"
        done < <(sed -n 's/^GROUP\([0-9]*\).*/\1/p' "$list")
    done < <(find now -name '*-handset_config_list.ver')
}

# once CALL N HOW: false where there was no such call. The command is `command`, run in a copy of `old`.
once() {
    local what="$1 $2 $3: ${command[*]}" status=0
    rm -rf now injected
    cp -a old now
    (cd now && DECTPROV_INJECT="$1 $2 $3" LD_PRELOAD=$DECTPROV_INJECTOR "$program" "${command[@]}" < /dev/null) \
        > log 2>&1 || status=$?
    [[ -e injected ]] || return 1
    runs=$((runs + 1))
    local left
    left=$(sums now)
    old_or_new "$what" "$left"
    lists_after_groups "$what"
    if [[ $3 == kill ]]; then
        ((status == 137)) || fail "$what: status $status"
    elif [[ $left == "$undisturbed" && $status == "$usual" ]]; then
        # An interrupted call that is made again, a staged file that the next run removes.
        harmless=$((harmless + 1))
    else
        ((status == 2)) || fail "$what: status $status"
        grep -qE "dectprov: cannot (write|make|open|remove|read) [^ ]*$names" log || fail "$what: no file is named"
    fi
    status=0
    # What is new with -o is there now, or is not: only a command that refuses what is there may say so.
    (cd now && "$program" "${command[@]}" < /dev/null) > log 2>&1 || status=$?
    ((status == usual)) || grep -q 'exists' log || fail "$what: the next run: status $status"
    [[ $(sums now) == "$undisturbed" ]] || fail "$what: the next run ends elsewhere: $(diff <(sums now) new.sums)"
    [[ -z $(find now -name '.dectprov-staged-*') ]] || fail "$what: the next run leaves a staged file"
}

# all NAMES COMMAND…: NAMES is what a message names. `old` is there.
all() {
    names=$1
    shift
    command=("$@")
    usual=0
    rm -rf new
    cp -a old new
    (cd new && "$program" "${command[@]}" < /dev/null) > log 2>&1 || usual=$?
    ((usual < 2)) || fail "$*: status $usual"
    sums old > old.sums
    sums new > new.sums
    ! cmp -s old.sums new.sums || fail "$*: nothing to write"
    undisturbed=$(< new.sums)
    sort -u old.sums new.sums > both.sums
    comm -12 <(awk '{print $2}' old.sums | sort) <(awk '{print $2}' new.sums | sort) > kept.names
    local call number how
    for call in open openat write half fsync fdatasync syncfs close fchmod chmod mkdir mkdirat rename renameat link unlink unlinkat rmdir; do
        for how in kill 5; do # EIO
            for ((number = 1; number < 100; number++)); do once "$call" "$number" "$how" || break; done
        done
        # ENOSPC EDQUOT EINTR EACCES
        for how in 28 122 4 13; do once "$call" 1 "$how" || break; done
    done
}

rm -rf old
mkdir old
site 2 > old/site.yaml
all out render -q site.yaml -o out
site 1 > old/site.yaml
(cd old && "$program" render -q site.yaml -o out)
site 2 > old/site.yaml
all out render -q site.yaml -o out

# Folders below, and files that are taken away: of a group, and of a server.
rm -rf old
mkdir old
site 2 > old/site.yaml
all out render -q --layout site site.yaml -o out
site 1 101 > old/site.yaml
sed 's/0032/0033/; s/: a$/: b/' old/site.yaml > old/other.yaml
(cd old && "$program" render -q --layout site site.yaml other.yaml -o out)
rm old/other.yaml
site 2 > old/site.yaml
all out render -q --layout site --prune site.yaml -o out
rm -rf old/out
site 1 101 > old/site.yaml
(cd old && "$program" render -q site.yaml -o out)
sed 's/0032/0033/' old/site.yaml > old/other.yaml
(cd old && "$program" render -q site.yaml other.yaml -o out)
rm old/other.yaml
site 2 > old/site.yaml
all out render -q --prune=servers site.yaml -o out

# A file several folders below.
firmware() {
    printf 'dectprov: 1\nservers:\n  - mac: 0013d1800032\n    model: "6500"\n'
    printf '    settings: {provisioning: {firmware: {kws: fw/6500/k.bin}}}\n'
    printf '    firmware_files: {kws: {version: PCS20Ba %s}}\n' "$1"
}
rm -rf old
mkdir old
firmware 1 > old/site.yaml
(cd old && "$program" render -q site.yaml -o out)
firmware 2 > old/site.yaml
all out render -q site.yaml -o out

rm -rf old
mkdir old
for mac in 0013d1800032 0013d1800033; do
    printf '<users><user><username> 1 </username><authpassword>hunter2</authpassword></user></users>' > "old/$mac-users.xml"
done
all 'users.xml' lint -q --unsafe-fixes .
all 'b.json' lint -q --write-baseline b.json .
printf 'old\n' | tee old/r.json > old/r.xml
all '(r.json|r.xml)' lint -q --report json=r.json --report junit=r.xml .
all 'd.(yaml|env)' import -q --force . -o d.yaml
all 'config.xml' generate config-file --force -o config.xml
echo "$runs faults in the middle, $harmless of them without harm: every file was old or new, and the next run cleaned up"
