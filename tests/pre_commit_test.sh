#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a repository of a user, as its documentation says to
# set them up. Status 77: pre-commit is not installed.
set -euo pipefail

for command in pre-commit git curl python3; do
    command -v "$command" > /dev/null || { echo "left out: $command is not installed"; exit 77; }
done
work=$(mktemp -d)
server=
trap 'kill $server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
# shellcheck source=tests/served_release.sh
source "$DECTPROV_ROOT/tests/served_release.sh"

fail() {
    echo "$*"
    exit 1
}
export HOME=$work/home PRE_COMMIT_HOME=$work/pre-commit XDG_CACHE_HOME=$work/cache GIT_CONFIG_GLOBAL=$work/gitconfig
mkdir home
git config --global user.name a
git config --global user.email a@example.com
git config --global init.defaultBranch main

# The hooks, as a repository has them.
mkdir -p hooks/scripts
cp "$DECTPROV_ROOT/.pre-commit-hooks.yaml" hooks/
cp "$DECTPROV_ROOT/scripts/"{pre_commit,install_release}.sh hooks/scripts/
git -C hooks init -q
git -C hooks add .
git -C hooks commit -q -m hooks
revision=$(git -C hooks rev-parse HEAD)

# A repository of a user: a description with a secret that is set nowhere here, and what it is rendered to.
mkdir user
cd user
git init -q
mkdir sites
cat > sites/site.yaml << 'YAML'
dectprov: 1
servers:
  - mac: 0013d1800041
    model: "6500"
    users:
      - {username: "9001", authpassword: "${env:CLINIC_PASSWORD}"}
YAML
CLINIC_PASSWORD=geheim-4 "$DECTPROV_BINARY" render -q sites -o rendered
# What holds secrets is no part of the repository.
echo rendered > .gitignore

# configure ID [LINE]: the hook of that name alone, with a further line.
configure() {
    printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: %s\n%s\n' \
        "$work/hooks" "$revision" "$1" "${2:+        $2}" > .pre-commit-config.yaml
    git add .
}
# hook STATUS WORD...: pre-commit ends so, and its output has these words.
hook() {
    local wanted=$1 status=0 word
    shift
    output=$(pre-commit run --all-files --color never --verbose 2>&1) || status=$?
    [[ $status == "$wanted" ]] || fail "pre-commit ended with $status instead of $wanted: $output"
    for word in "$@"; do
        [[ $output == *"$word"* ]] || fail "no '$word' in: $output"
    done
    [[ $output != *geheim* ]] || fail "a secret in: $output"
}

# The installed program, as `language: system` finds it.
mkdir "$work/bin"
ln -s "$DECTPROV_BINARY" "$work/bin/dectprov"
path=$PATH
export PATH=$work/bin:$PATH
configure dectprov
hook 0 Passed
configure dectprov-render-check 'args: [sites, -o, rendered]'
hook 0 Passed
CLINIC_PASSWORD=geheim-4 hook 0 Passed
CLINIC_PASSWORD=geheim-5 hook 1 Failed 0013d1800041-users.xml

# The one that installs itself needs no program in PATH, and no network the second time.
export PATH=$path
configure dectprov-release
hook 1 Failed 'args: of this hook'
configure dectprov-release "args: ['$url', '$version', '$sum']"
hook 0 Passed
kill "$server"
hook 0 Passed
echo '<users><user><username>a b</username></user></users>' > 0013d1800032-users.xml
git add 0013d1800032-users.xml
hook 1 Failed 0013d1800032-users.xml:1:25 'value/'
configure dectprov-release "args: ['$url', '$version', '0$sum', --no-config]"
hook 1 Failed

# A commit is stopped as it is in a terminal.
configure dectprov-release "args: ['$url', '$version', '$sum']"
pre-commit install > /dev/null
if git commit -q -m change 2> "$work/log"; then fail "the commit went through"; fi
grep -q 0013d1800032-users.xml "$work/log" || fail "$(cat "$work/log")"
git rm -q --cached 0013d1800032-users.xml
rm 0013d1800032-users.xml
git commit -q -m change 2> "$work/log" || fail "$(cat "$work/log")"
