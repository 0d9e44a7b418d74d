#!/usr/bin/env bash
# The pages of the manual are good mdoc, and man shows them. Status 77: mandoc is not installed.
set -euo pipefail

command -v mandoc > /dev/null || exit 77
pages=("$DECTPROV_BUILD"/man/*.[157])
((${#pages[@]} > 12)) || { echo "only ${#pages[@]} pages"; exit 1; }
# What other pages of the same manual are referred to is known to mandoc only once they are installed.
findings=$(mandoc -T lint -W warning "${pages[@]}" || true)
[[ -z $findings ]] || { echo "$findings"; exit 1; }

# plain PAGE: as a terminal shows it, without what makes letters bold.
plain() { mandoc -T ascii "$DECTPROV_BUILD/man/$1" | sed $'s/.\b//g'; }

shown=$(plain dectprov-lint.1)
grep -q 'dectprov lint \[option ...\] \[' <<< "$shown" || { head -n 20 <<< "$shown"; exit 1; }
for option in $("$DECTPROV_BINARY" lint --help | grep -o -- '--[a-z][a-z-]*' | sort -u); do
    grep -q -e "$option" <<< "$shown" || { echo "dectprov-lint(1) lacks $option"; exit 1; }
done
shown=$(plain dectprov-rules.7)
for rule in $("$DECTPROV_BINARY" explain --rules | awk '/^  [a-z]+\// {print $1}'); do
    grep -q -e "$rule" <<< "$shown" || { echo "dectprov-rules(7) lacks $rule"; exit 1; }
done
while read -r link; do
    [[ -f $DECTPROV_BUILD/man/$link ]] || { echo "no page $link"; exit 1; }
done < <(grep -h '^\.Xr' "${pages[@]}" | awk '{print $2 "." $3}' | sort -u)
