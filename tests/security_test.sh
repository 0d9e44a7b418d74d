#!/usr/bin/env bash
# The claims of docs/security.md that no other test shows, a section a claim. The others are shown by the cases of lint
# (paths-outside, links-outside, links-to-gits-store, writing-through-links, foreign-files, commands-of-ci-systems,
# config-from-another-place …), refusal_test, secrets_test, leak_test, probe_*_test, lsp_test, inject_test and writers_test.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need python3 git

# run STATUS ARGUMENT…: what is printed is in `out` and `err`.
run() {
    local wanted=$1 status=0
    shift
    "$DECTPROV_BINARY" "$@" > out 2> err < /dev/null || status=$?
    last=$*
    ((status == wanted)) || fail "status $status instead of $wanted: $*"
}
server() { # server USERS: a description without findings but of the users
    printf 'dectprov: 1\nservers:\n  - model: "6500"\n    mac: 0013d1800032\n'
    printf '    settings: {network: {bootproto: dhcp}, provisioning: {check: {interval: 60}, users: {check: true}}}\n    users: %s\n' "$1"
}

# ---- where no repository holds a description, it reads in its own folder and below; links of such a folder are followed
mkdir -p plain/own/below
printf 'username,authpassword\n7001,Zq7SECRETx\n' | tee plain/beside.csv plain/own/below/users.csv > plain/secret.csv
server '[{from: below/users.csv}, {from: ../beside.csv}]' > plain/own/site.yaml
run 1 lint --format compact plain/own/site.yaml
found "'../beside.csv' leads out of the folder that contains site.yaml [site/reference]"
absent Zq7SECRETx 'below/users.csv'
# ... a layer also beside that folder, if it is a description; nowhere else, and so are the layers of layers
mkdir -p plain/common plain/sites/north far
printf 'dectprov: 1\nextends: [more.yaml]\n' > plain/common/base.yaml
printf 'dectprov: 1\nextends: [../../far/layer.yaml]\n' > plain/common/more.yaml
printf 'dectprov: 1\ndefaults: {settings: {sip: {callwaiting: Zq7SECRETx}}}\n' > far/layer.yaml
printf 'dectprov: 1\nextends: [../common/base.yaml]\n' > plain/own/beside.yaml
printf 'dectprov: 1\nextends: ["%s", ../../common/base.yaml]\n' "$PWD/far/layer.yaml" > plain/sites/north/far.yaml
printf 'dectprov: 1\nextends: ["%s"]\n' "$PWD/plain/common/base.yaml" > plain/own/whole.yaml
for name in own/beside own/whole; do
    run 1 lint --format compact "plain/$name.yaml"
    found "plain/common/more.yaml:2:11: error: '../../far/layer.yaml' leads out of the folder that contains ${name##*/}.yaml"
    absent Zq7SECRETx 'base.yaml:'
done
run 1 lint --format compact plain/sites/north/far.yaml
found "far/layer.yaml' leads out of the folder that contains far.yaml" "'../../common/base.yaml' leads out of the folder that contains far.yaml"
absent Zq7SECRETx
run 0 lint --format compact --allow-outside far --allow-outside plain plain/sites/north/far.yaml
mkdir plain/tree
printf '<users><user><username>a b</username></user></users>' > plain/users.xml
ln -s ../users.xml plain/tree/0013d1800032-users.xml
run 1 lint --format compact plain/tree
found '[value/charset]'

# ---- `lint` looks up no variable, whatever it holds
# shellcheck disable=SC2016  # the description's reference
server '[{username: "7001", authpassword: "${env:DECTPROV_LOOKED_UP}"}]' > variable.yaml
run 0 lint --verbose variable.yaml
cp out without
DECTPROV_LOOKED_UP='Zq7SECRETx which is longer than any password that the servers take' run 0 lint --verbose variable.yaml
cmp -s out without || fail 'lint looks up a variable'

# ---- `render` with --env-file alone gets by with an environment that holds nothing
printf 'DECTPROV_LOOKED_UP=Zq7SECRETx\n' > given.env
env -i "$DECTPROV_BINARY" render -q variable.yaml -o rendered --env-file given.env
grep -q Zq7SECRETx rendered/0013d1800032-users.xml

# ---- no input starts a program; git is started for the `git:` paths that are named
# A program that is started from behind the fence (apps/fence.hpp) can write no file, but change the mode of one.
mkdir -p programs tree/.git
touch started
started() { [[ $(stat -c %a started) == 700 ]]; }
for name in git sh bash dectprov-probe xdg-open less; do
    printf '#!/bin/sh\n/bin/chmod 700 "%s/started"\nexit 1\n' "$work" > "programs/$name"
    chmod +x "programs/$name"
done
cat > tree/.git/config << END
[core]
	fsmonitor = /bin/chmod 700 $work/started
	pager = /bin/chmod 700 $work/started
END
printf '* filter=x diff=x textconv=x\n' > tree/.gitattributes
server '[{username: "7001"}, {from: "git:HEAD:users.csv"}, {from: "|/bin/chmod 700 '"$work"'/started"}]' > tree/site.yaml
server '[{username: "7001"}]' > tree/good.yaml
# shellcheck disable=SC2016  # nobody's shell expands it
printf 'parameters: ["$(/bin/chmod 700 %s/started)"]\n' "$work" > tree/.dectprov.yaml
printf '<config><network><bootproto>dhcp</bootproto></network></config>\n' > tree/0013d1800033-config.xml
printf 'network.bootproto: dhcp\n' > held
for command in "lint tree" "lint --no-config tree" "lint --no-config --unsafe-fixes --diff tree" "render --no-config tree/good.yaml -o made" \
    "diff --no-config tree/good.yaml tree/0013d1800033-config.xml" "preview --current held --no-config tree/0013d1800033-config.xml" "import --no-config tree/0013d1800033-config.xml -o made/site.yaml" \
    "explain" "generate config --model 6500" "schema site"; do
    # shellcheck disable=SC2086  # several words
    PATH=$work/programs "$DECTPROV_BINARY" $command > out 2> err < /dev/null || true
    ! started || fail "a program is started: $command"
done
[[ -e made/0013d1800032-users.xml && -e made/site.yaml ]] || fail 'the commands did not run'
PATH=$work/programs run 2 diff git:HEAD tree
started || fail 'git would not be seen'

# ---- nothing that an input says opens a connection or another file
free_port
serve "$port" python3 "$DECTPROV_ROOT/tests/odd_server.py" "$port"
: > asked
mkdir connecting
printf '<?xml version="1.0"?>\n<!DOCTYPE users SYSTEM "http://127.0.0.1:%s/empty/a.dtd" [<!ENTITY %% x SYSTEM "http://127.0.0.1:%s/empty/b">%%x;<!ENTITY y SYSTEM "file://%s/secret">]>\n<users xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://127.0.0.1:%s/empty/c.xsd"><xi:include href="http://127.0.0.1:%s/empty/d"/><user><username>&y;</username></user></users>\n' \
    "$port" "$port" "$work" "$port" "$port" > connecting/0013d1800032-users.xml
echo Zq7SECRETx > secret
printf '<config><provisioning><server><method>static</method><url>http://127.0.0.1:%s/empty</url></server></provisioning></config>\n' \
    "$port" > connecting/0013d1800033-config.xml
printf 'dectprov: 1\nextends: ["http://127.0.0.1:%s/empty/layer.yaml"]\n' "$port" > connecting/site.yaml
run 1 lint --verbose connecting
found '[xml/doctype]' 'http://127.0.0.1'
absent Zq7SECRETx
for command in "render connecting -o made" "diff connecting tree/good.yaml" "import connecting -o made/other.yaml"; do
    # shellcheck disable=SC2086  # several words
    "$DECTPROV_BINARY" $command > out 2> err < /dev/null || true
    absent Zq7SECRETx
done
[[ ! -s asked ]] || fail "asked for $(cat asked)"
run 1 probe connecting/0013d1800033-config.xml --timeout 60
grep -q 0013d1800033 asked || fail 'a question would not be seen'

# ---- entities are not expanded, and no message is as long as what it is about
mkdir long
{
    printf '<!DOCTYPE users [<!ENTITY a "aaaaaaaaaa">'
    before=a
    for name in b c d e f g h i j; do
        printf '<!ENTITY %s "&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;&%s;">' "$name" "$before" "$before" "$before" "$before" \
            "$before" "$before" "$before" "$before" "$before" "$before"
        before=$name
    done
    printf ']><users><user><username>&j;</username></user></users>'
} > long/0013d1800031-users.xml
name=$(head -c 1000000 /dev/zero | tr '\0' x)
printf '<users><user><username>%s !</username><%s>1</%s><disabled %s="1">%s</disabled></user></users>' \
    "$name" "$name" "$name" "$name" "$name" > long/0013d1800032-users.xml
printf 'GROUP100 VERSION1%s\n' "$name" > long/0013d1800032-handset_config_list.ver
server "[{username: \"$name\", ${name:0:1000}: 1}, {from: \"$name\"}, {from: wide.csv}]" > long/site.yaml
printf 'username,%s\n7001,%s\n' "$name" "$name" > long/wide.csv
run 1 lint --verbose long
found '[xml/doctype]' '[value/charset]' '[element/unknown]' '[ver/syntax]' '[site/key]'
longest=$(cat out err | wc -L)
((longest < 8000)) || fail "a line of $longest columns"

# ---- what a provisioning server says steers no terminal and no CI system
for format in text compact github json markdown; do
    run 1 probe --server 0013d1800032 --url "http://127.0.0.1:$port/steering" --timeout 60 --verbose --format "$format"
    found delivery/redirect
    absent $'\e' $'\xe2\x80\xae' '##vso['
    ! grep -qE '^[[:blank:]]*::(stop|add)' out err || fail 'a line is a command'
done
echo "what docs/security.md claims is so"
