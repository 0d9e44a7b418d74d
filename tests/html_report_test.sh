#!/usr/bin/env bash
# The HTML reports of lint and diff in a real browser, with clicks. Status 77: Chromium or its driver is not installed.
set -euo pipefail

for command in chromium chromedriver python3; do
    command -v "$command" > /dev/null || { echo "left out: $command is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# axe-core is the judge of accessibility. Where it is not to be had, the checks of html_report.py alone are made.
# shellcheck source=tests/npm_package.sh
source "$DECTPROV_ROOT/tests/npm_package.sh"
sum=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745
if axe=$(npm_package axe-core 4.14.1 $sum); then
    axe=$axe/axe.min.js
else
    echo "axe-core is not to be had: its part is left out"
    axe=
fi
export HOME=$work XDG_CONFIG_HOME=$work XDG_CACHE_HOME=$work
cd "$work"

# 10,000 findings: 100 servers of 100 users, each with a blank in its name; the first server has other faults too.
mkdir old new
for ((server = 0; server < 100; ++server)); do
    mac=$(printf '0013d18000%02x' "$server")
    {
        echo '<users>'
        for ((user = 0; user < 100; ++user)); do echo "<user><username>a $server-$user</username></user>"; done
        echo '</users>'
    } > "new/$mac-users.xml"
done
echo '<config><sip><dtmf><duration>abc</duration></dtmf></sip></config>' > new/0013d1800000-config.xml
"$DECTPROV_BINARY" lint --exit-zero --format html new > lint.html

"$DECTPROV_BINARY" lint --exit-zero --format html new/0013d1800000-* > few.html

# A fleet in two states: one setting everywhere, another on one server, and a server that goes.
rm -r new
mkdir new
for ((server = 0; server < 6; ++server)); do
    mac=$(printf '0013d18000%02x' "$server")
    config() { echo "<config><sip><dtmf><duration>$1</duration></dtmf><callwaiting>$2</callwaiting></sip></config>"; }
    config 270 true > "old/$mac-config.xml"
    ((server == 5)) || config 300 "$([[ $server == 2 ]] && echo false || echo true)" > "new/$mac-config.xml"
done
"$DECTPROV_BINARY" diff --exit-zero --format html old new > diff.html

python3 "$DECTPROV_ROOT/tests/html_report.py" "$work/lint.html" "$work/few.html" "$work/diff.html" "$axe"
