#!/usr/bin/env bash
# A real vsftpd with the configuration of examples/publish: `probe` logs in with what the URL holds, and finds what is
# missing, under which name it is there, and who is not let in. As in vsftpd_test.sh the account alone is another one.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need vsftpd

render_fleet srv/dect
mkdir empty
settings() { # settings PORT
    sed -e 's#^anonymous_enable=NO#anonymous_enable=YES#' -e 's#^local_enable=YES#local_enable=NO#' \
        -e "s#^local_root=/srv/dect#anon_root=$work/srv#" -e "s#^secure_chroot_dir=.*#secure_chroot_dir=$work/empty#" \
        "$DECTPROV_ROOT/examples/publish/vsftpd.conf"
    cat << END
background=NO
listen_address=127.0.0.1
listen_port=$1
run_as_launching_user=YES
anon_world_readable_only=NO
ftp_username=$(id -un)
pasv_min_port=32800
pasv_max_port=60000
END
}
free_port
settings "$port" > vsftpd.conf
serve "$port" vsftpd "$work/vsftpd.conf"
place=127.0.0.1:$port/dect

expect 0 srv/dect --url "ftp://anonymous:Sw0rdfish@$place" --verbose
found 'no findings in 15 files of 4 servers'
absent Sw0rdfish
expect 0 srv/dect --url "ftp://$place" -o kept
diff -r srv/dect kept
expect 1 srv/dect --url "ftp://dect:Sw0rdfish@$place"
found '530: not logged in' '[delivery/refused]' 'refuses the user name and password of the URL'
absent Sw0rdfish

cp -r srv/dect described
mv srv/dect/0013d1400002-config.xml srv/dect/0013D1400002-config.xml
printf 'image' > described/kws400.bin
printf 'an image' > srv/dect/kws400.bin
expect 1 described --url "ftp://$place"
found 'it exists under the name 0013D1400002-config.xml' '550' '[delivery/missing]' \
    '8 bytes are served, but described/kws400.bin has 5' '[delivery/differs]'
expect 1 described --url "ftp://$place/deeper"
found "it exists in the folder ftp://127.0.0.1:$port/dect/"

# A folder that lists itself to everybody.
free_port
settings "$port" | sed 's#^dirlist_enable=NO#dirlist_enable=YES#' > listing.conf
serve "$port" vsftpd "$work/listing.conf"
expect 1 described --url "ftp://127.0.0.1:$port/dect"
found '[delivery/listing]' 'files of SIP passwords'
echo "what vsftpd serves well is found well, and the rest is found"
