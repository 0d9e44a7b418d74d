#!/usr/bin/env bash
# What bash, zsh and fish offer when somebody types, with the scripts that the program prints and the program itself.
set -euo pipefail

for one in zsh fish python3; do
    command -v "$one" > /dev/null || { echo "left out: $one is not installed"; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder/home XDG_CONFIG_HOME=$folder/home XDG_DATA_HOME=$folder/home
mkdir "$folder/home" "$folder/bin" "$folder/tree" "$folder/tree/sites"
ln -s "$DECTPROV_BINARY" "$folder/bin/dectprov"
export PATH=$folder/bin:$PATH
for shell in bash zsh fish; do dectprov completion "$shell" > "$folder/script.$shell"; done

cd "$folder/tree"
printf '<users>\n</users>\n' > 0013d1800032-users.xml
printf 'dectprov: 1\nservers:\n  - {mac: 0013d1800041, model: "6500"}\n' > sites/a.yaml

lines=(
    'dectprov li'
    'dectprov generate '
    'dectprov generate --for '
    'dectprov generate config --set sip.dtmf.dur'
    'dectprov render --explain sip.dtmf.dur'
    'dectprov render --layout '
    'dectprov lint --format js'
    'dectprov lint --rule users/duplicate-i'
    'dectprov lint --model 6'
    'dectprov lint --server '
    'dectprov explain value/len'
    'dectprov explain sip.dtmf.dur'
    'dectprov schema '
    'dectprov help '
    'dectprov lsp --base'
)
# The same in each shell: what must be among the words that it offers, or completes to.
offered=(
    'lint'
    'site config users handset ver firmware-ver dhcp config-file'
    'dhcpd kea dnsmasq netsh'
    'sip.dtmf.duration='
    'sip.dtmf.duration'
    'flat site'
    'json'
    'users/duplicate-ipei='
    '6500'
    '0013d1800032 0013d1800041'
    'value/length'
    'sip.dtmf.duration'
    'site config-file report changes config users handset'
    'lint render lsp probe'
    '--baseline'
)

failures=0
check() {
    local shell=$1 line=$2 words=$3 seen=$4 word
    for word in $words; do
        # bash and zsh write the rest of a word that they complete behind what was typed.
        [[ " $seen " == *[[:space:]]"$word"* || "${line##* }$seen" == "$word"* ]] && continue
        echo "$shell: '$line' and the tab key offer no '$word', but: $seen"
        failures=$((failures + 1))
    done
}

for shell in bash zsh; do
    number=0
    while IFS= read -r seen; do
        check "$shell" "${lines[number]}" "${offered[number]}" "${seen#*=> }"
        number=$((number + 1))
    done < <(python3 "$DECTPROV_ROOT/tests/typed_in_shell.py" "$shell" "$folder/script.$shell" "${lines[@]}")
    ((number == ${#lines[@]})) || { echo "$shell: the session ended early"; exit 1; }
done
# fish itself says what it would offer.
for number in "${!lines[@]}"; do
    # shellcheck disable=SC2016  # the variable is fish's
    seen=$(fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$folder/script.fish" "${lines[number]}" |
        cut -f 1 | tr '\n' ' ')
    check fish "${lines[number]}" "${offered[number]}" "$seen"
done
((failures == 0))
