#!/usr/bin/env bash
# A real vsftpd with the configuration of examples/publish serves a rendered example: every file that a server asks for,
# no file that begins with a dot, no list of the folder, and it takes nothing. The account alone is another one: an
# anonymous one in place of a local user, since a test makes no users. Status 77: what is needed is not installed.
set -euo pipefail

PATH=$PATH:/usr/sbin
for tool in vsftpd curl; do
    command -v "$tool" > /dev/null || exit 77
done
work=$(mktemp -d)
chmod 755 "$work"
daemon=
stop() {
    [[ -z $daemon ]] || kill "$daemon" 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT
cd "$work"

mkdir -p srv/dect empty
"$DECTPROV_BINARY" render -q -o srv/dect "$DECTPROV_ROOT/examples/clinic"
touch srv/dect/.dectprov-staged-1
port=$((20000 + RANDOM % 20000))
sed -e 's#^anonymous_enable=NO#anonymous_enable=YES#' -e 's#^local_enable=YES#local_enable=NO#' \
    -e "s#^local_root=/srv#anon_root=$work/srv#" -e "s#^secure_chroot_dir=.*#secure_chroot_dir=$work/empty#" \
    "$DECTPROV_ROOT/examples/publish/vsftpd.conf" > vsftpd.conf
cat >> vsftpd.conf << END
background=NO
listen_address=127.0.0.1
listen_port=$port
run_as_launching_user=YES
no_anon_password=YES
anon_world_readable_only=NO
ftp_username=$(id -un)
END
vsftpd "$work/vsftpd.conf" > vsftpd.log 2>&1 &
daemon=$!

get() { curl -s --path-as-is -o body "ftp://127.0.0.1:$port/$1"; }
first=$(basename "$(find srv/dect -name '*-config.xml')")
for _ in $(seq 50); do
    get "$first" && break
    kill -0 "$daemon" 2> /dev/null || { cat vsftpd.log; exit 1; }
    sleep 0.1
done
served=0
for file in srv/dect/*; do
    rm -f body
    get "$(basename "$file")" || { echo "$file is not served"; exit 1; }
    cmp body "$file"
    served=$((served + 1))
done
((served == 6))
for path in .dectprov-staged-1 /./.dectprov-staged-1 /.dectprov-staged-1 "" none.xml; do
    ! get "$path" || { echo "$path is served"; exit 1; }
done
if curl -s -T vsftpd.conf "ftp://127.0.0.1:$port/new.xml"; then
    echo "a file was taken"
    exit 1
fi
[[ ! -e srv/dect/new.xml ]]
echo "every file was served, and nothing else"
