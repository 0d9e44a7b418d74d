#!/usr/bin/env bash
# The jobs of examples/ci that check, and action.yml: their very steps, taken out by a YAML reader, in a fresh home against a
# release that this machine serves. Findings arrive, and the status is right. Status 77: what is needed is not installed.
set -euo pipefail

for command in curl python3; do
    command -v "$command" > /dev/null || exit 77
done
python3 -c 'import yaml' 2> /dev/null || exit 77
work=$(mktemp -d)
server=
trap 'kill $server 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "$*"
    exit 1
}

# shellcheck source=tests/served_release.sh
source "$DECTPROV_ROOT/tests/served_release.sh"

mkdir -p repository/.git
echo '<users><user><username>a b</username></user></users>' > repository/0013d1800032-users.xml

# fresh NAME: a home and a checkout of their own.
fresh() {
    mkdir -p "$work/$1/home" "$work/$1/temp"
    cp -r "$work/repository" "$work/$1/repository"
    cd "$work/$1/repository"
}

# What a service makes of a job: GitHub runs each step in a shell of its own, and what a step adds to GITHUB_PATH holds for
# the next; GitLab runs all lines in one.
cat > job.py << 'END'
import shlex, sys, yaml

path, url, version, sha256 = sys.argv[1:]
document = yaml.safe_load(open(path, encoding="utf-8"))
inputs = {name: row.get("default", "") for name, row in document.get("inputs", {}).items()}
inputs.update(url=url, version=version, sha256=sha256)

def filled(text):
    for name, value in inputs.items():
        text = text.replace("${{ inputs.%s }}" % name, value)
    return text

if "runs" in document:
    for step in document["runs"]["steps"]:
        if "run" not in step:
            continue
        variables = [f"{name}={shlex.quote(filled(value))}" for name, value in step.get("env", {}).items()]
        script = shlex.quote(filled(step["run"]))
        print(" ".join(["env", *variables, "bash --noprofile --norc -eo pipefail -c", script]), "|| exit")
        print('PATH=$(paste -sd: "$GITHUB_PATH"):$PATH')
else:
    job = document["dectprov"]
    print("\n".join(["set -eo pipefail", *job["before_script"], *job["script"]]))
END
job() { python3 "$work/job.py" "$1" "$url" "$version" "$sum" > ../job.sh; }

run() {
    status=0
    env -i PATH="/usr/bin:/bin" HOME="$PWD/../home" LANG=C.UTF-8 "$@" > ../out 2>&1 || status=$?
}

# ---- GitHub
fresh github
job "$DECTPROV_ROOT/action.yml"
run GITHUB_ACTION_PATH="$DECTPROV_ROOT" RUNNER_TEMP="$PWD/../temp" GITHUB_PATH="$PWD/../temp/path" \
    GITHUB_STEP_SUMMARY="$PWD/../temp/summary" bash ../job.sh
((status == 1)) || { cat ../out; fail "action.yml: status $status"; }
grep -q '^::error file=0013d1800032-users.xml,line=1,col=25,' ../out || { cat ../out; fail "action.yml: no annotation"; }
grep -q 'value/charset' ../temp/summary || fail "action.yml: no summary"
grep -q '"ruleId": *"value/charset"' dectprov.sarif || fail "action.yml: no SARIF"
# What lies in the cache is not fetched again.
mv "$work/release/$name.tar.gz" "$work/aside"
run GITHUB_ACTION_PATH="$DECTPROV_ROOT" RUNNER_TEMP="$PWD/../temp" GITHUB_PATH="$PWD/../temp/path" \
    GITHUB_STEP_SUMMARY="$PWD/../temp/summary" bash ../job.sh
((status == 1)) || { cat ../out; fail "action.yml with a cache: status $status"; }
mv "$work/aside" "$work/release/$name.tar.gz"

# ---- GitLab
fresh gitlab
job "$DECTPROV_ROOT/examples/ci/lint.gitlab.yml"
run DECTPROV_URL="$url" DECTPROV_VERSION="$version" DECTPROV_SHA256="$sum" DECTPROV_PATHS=. CI_PROJECT_DIR="$PWD" bash ../job.sh
((status == 1)) || { cat ../out; fail "lint.gitlab.yml: status $status"; }
python3 -c 'import json; assert json.load(open("gl-code-quality.json"))[0]["check_name"] == "value/charset"'
[[ -s dectprov.xml ]]

# ---- Jenkins: the shell steps, in the environment of the file
fresh jenkins
sed -n "s/^ *sh '\(.*\)'\$/\1/p" "$DECTPROV_ROOT/examples/ci/Jenkinsfile" > ../job.sh
(($(wc -l < ../job.sh) == 3)) || fail "Jenkinsfile: $(wc -l < ../job.sh) steps"
run DECTPROV_URL="$url" DECTPROV_VERSION="$version" DECTPROV_SHA256="$sum" WORKSPACE="$PWD" bash -e ../job.sh
((status == 1)) || { cat ../out; fail "Jenkinsfile: status $status"; }
[[ -s dectprov.xml && -s dectprov.html ]]

# ---- any other, and a release that is not the one that was named
fresh shell
run DECTPROV_URL="$url" DECTPROV_VERSION="$version" DECTPROV_SHA256="$sum" "$DECTPROV_ROOT/examples/ci/lint.sh"
((status == 1)) || { cat ../out; fail "lint.sh: status $status"; }
[[ -s dectprov.xml ]]
echo '<users/>' > 0013d1800032-users.xml
run DECTPROV_URL="$url" DECTPROV_VERSION="$version" DECTPROV_SHA256="$sum" "$DECTPROV_ROOT/examples/ci/lint.sh"
((status == 0)) || { cat ../out; fail "lint.sh without a finding: status $status"; }

fresh other
run DECTPROV_URL="$url" DECTPROV_VERSION="$version" DECTPROV_SHA256="${sum//[0-9]/0}" "$DECTPROV_ROOT/examples/ci/lint.sh"
((status == 2)) || { cat ../out; fail "another checksum: status $status"; }
grep -q 'has another checksum' ../out
[[ ! -e ../home/dectprov ]] || fail "a program with another checksum was installed"
