#!/usr/bin/env bash
# The recipe of examples/publish that copies with rsync: what it copied and is gone goes, and nothing else does; the
# lists come after the files that they name. Status 77: rsync is not installed.
set -euo pipefail

command -v rsync > /dev/null || { echo "left out: rsync is not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
names() { find target -maxdepth 1 -type f ! -name '.*' -printf '%f\n' | LC_ALL=C sort | tr '\n' ' '; }
publish() { bash "$DECTPROV_ROOT/examples/publish/rsync.sh" "$@"; }

mkdir out target
echo a > out/0013d1800032-config.xml
echo b > out/0013d1800032-handset_config_group_1.xml
echo c > out/0013d1800032-handset_config_list.ver
echo hidden > out/.dectprov-staged-1
# Of others: a firmware image, a server by hand.
echo image > target/kws.bin
echo hand > target/0013d1800001-config.xml
publish out target
[[ $(names) == \
    "0013d1800001-config.xml 0013d1800032-config.xml 0013d1800032-handset_config_group_1.xml 0013d1800032-handset_config_list.ver kws.bin " ]]
[[ ! -e target/.dectprov-staged-1 ]]

rm out/0013d1800032-handset_config_group_1.xml out/0013d1800032-handset_config_list.ver
echo "a new one" > out/0013d1800032-config.xml
publish out target
[[ $(names) == "0013d1800001-config.xml 0013d1800032-config.xml kws.bin " ]]
cmp out/0013d1800032-config.xml target/0013d1800032-config.xml
[[ $(cat target/0013d1800001-config.xml) == hand ]]
publish out target
[[ $(names | wc -w) == 3 ]]
echo "rsync: ok"
