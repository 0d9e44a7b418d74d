#!/usr/bin/env bash
# A real nginx with the configuration of examples/publish serves a rendered example over TLS: every file that a server
# asks for, nothing else; and while a changed description is rendered over it, no reader ever sees a list before its
# groups. Status 77: what is needed is not installed.
set -euo pipefail

for tool in nginx openssl curl; do
    PATH=$PATH:/usr/sbin command -v "$tool" > /dev/null || exit 77
done
PATH=$PATH:/usr/sbin
work=$(mktemp -d)
chmod 755 "$work"
stop() {
    [[ ! -f $work/nginx.pid ]] || kill "$(cat "$work/nginx.pid")" 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT
cd "$work"

description() { # description VERSION
    cat << END
dectprov: 1
site: clinic
servers:
  - model: "6500"
    mac: 0013d1800032
    settings:
      network: {bootproto: dhcp}
      provisioning: {check: {interval: 60}, cota: {check: true}, users: {check: true}}
    users: [{username: "9997", authpassword: not-a-real-one, configgroup: 100}]
    handset_groups:
      100: {version: $1, settings: {ringing_volume: {volume: $(($1 % 8))}}}
      101: {version: $1, settings: {ringing_volume: {volume: $(($1 % 8))}}}
END
}

group=www-data
install -d -m 2750 srv srv/dect
if ((EUID == 0)); then
    chgrp "$group" srv srv/dect
    user="user $group $group;"
else
    user=""
fi
description 1 > site.yaml
"$DECTPROV_BINARY" render -q -o srv/dect site.yaml
[[ $(stat -c %a srv/dect/0013d1800032-users.xml) == 640 ]]

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=prov.example.com \
    -addext subjectAltName=DNS:prov.example.com -keyout key.pem -out cert.pem 2> /dev/null
port=$((20000 + RANDOM % 20000))
sed -e "s#listen 443#listen 127.0.0.1:$port#" -e "s#/etc/nginx/prov.example.com.pem#$work/cert.pem#" \
    -e "s#/etc/nginx/prov.example.com.key#$work/key.pem#" -e "s#root /srv#root $work/srv#" \
    "$DECTPROV_ROOT/examples/publish/nginx.conf" > site.conf
cat > nginx.conf << END
$user
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
    access_log off;
    include $work/site.conf;
}
END
nginx -p "$work" -c "$work/nginx.conf" 2> start.log || { cat start.log; exit 1; }

status_of() {
    curl -s -o body --cacert cert.pem --resolve "prov.example.com:$port:127.0.0.1" -w '%{http_code}' \
        "https://prov.example.com:$port/$1"
}
for file in srv/dect/*; do
    [[ $(status_of "dect/$(basename "$file")") == 200 ]]
    cmp body "$file"
done
touch srv/dect/.dectprov-staged-1 srv/dect/notes.txt
for path in dect/ dect/.dectprov-staged-1 dect/notes.txt dect/none.xml "" cert.pem; do
    [[ $(status_of "$path") != 200 ]] || { echo "$path is served"; exit 1; }
done

# A reader as a server is one: the list, then the groups that it names.
read_as_server() {
    local version group seen
    for _ in $(seq 60); do
        [[ $(status_of dect/0013d1800032-handset_config_list.ver) == 200 ]] || return 1
        while read -r group version; do
            seen=$(curl -s --cacert cert.pem --resolve "prov.example.com:$port:127.0.0.1" \
                "https://prov.example.com:$port/dect/0013d1800032-handset_config_group_${group#GROUP}.xml" |
                sed -n 's#.*<version>\([0-9]*\)</version>.*#\1#p')
            # A group may be newer than the list, which is written after it; never older.
            ((seen >= ${version#VERSION})) || { echo "list says $version, ${group} is $seen"; return 1; }
        done < <(cat body)
    done
}
(
    for version in $(seq 2 40); do
        description "$version" > next.yaml
        "$DECTPROV_BINARY" render -q -o srv/dect next.yaml
    done
) &
writer=$!
read_as_server
wait "$writer"
echo "every file was served, and no list came before its groups"
