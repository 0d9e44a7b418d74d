#!/usr/bin/env bash
# A real nginx serves the example fleet as examples/publish has it, and badly: `probe` finds nothing, and what is wrong.
set -euo pipefail

# shellcheck source=tests/probe_servers.sh
. "$DECTPROV_ROOT/tests/probe_servers.sh"
need nginx openssl python3

# ---- certificates, of an authority of our own
authority() { # authority NAME
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" 2> /dev/null
}
certificate() { # certificate NAME HOSTS DAYS
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2> /dev/null
    printf 'subjectAltName=%s\n' "$2" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$3" -extfile "$1.ext" \
        -out "$1.pem" 2> /dev/null
}
authority ca
certificate good DNS:localhost,IP:127.0.0.1 2
certificate other DNS:files.example.com 2
certificate expired DNS:localhost -1
certificate client DNS:client.example.com 2
cat client.key >> client.pem
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout self.key -out self.pem 2> /dev/null

# ---- nginx, a port a way of serving
render_fleet srv/dect
mkdir -p listed/dect locked pages
cp srv/dect/* listed/dect
printf 'dect:%s\n' "$(openssl passwd -apr1 Sw0rdfish)" > htpasswd
printf '<!DOCTYPE html>\n<html><head><title>Log in</title></head></html>\n' > pages/login.html
names=(plain tls listed locked page moved away expired other self mutual)
declare -A at
for name in "${names[@]}"; do
    free_port
    at[$name]=$port
done
tls() { # tls NAME CERTIFICATE MORE
    cat << END
    server {
        listen 127.0.0.1:${at[$1]} ssl;
        ssl_certificate $work/$2.pem;
        ssl_certificate_key $work/$2.key;
        root $work/srv;
        $3
    }
END
}
if ((EUID == 0)); then user="user root;"; else user=""; fi
{
    cat << END
$user
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log stderr;
events {}
http {
    access_log $work/access.log;
    client_body_temp_path $work/body;
    proxy_temp_path $work/proxy;
    fastcgi_temp_path $work/fastcgi;
    uwsgi_temp_path $work/uwsgi;
    scgi_temp_path $work/scgi;
END
    sed -e "s#listen 443#listen 127.0.0.1:${at[tls]}#" -e "s#/etc/nginx/prov.example.com.pem#$work/good.pem#" \
        -e "s#/etc/nginx/prov.example.com.key#$work/good.key#" -e "s#root /srv#root $work/srv#" \
        "$DECTPROV_ROOT/examples/publish/nginx.conf"
    tls expired expired ''
    tls other other ''
    tls self self ''
    tls mutual good "ssl_verify_client on; ssl_client_certificate $work/ca.pem;"
    cat << END
    server { listen 127.0.0.1:${at[plain]}; root $work/srv; }
    server { listen 127.0.0.1:${at[listed]}; root $work/listed; autoindex on; }
    server {
        listen 127.0.0.1:${at[locked]};
        root $work/srv;
        auth_basic provisioning;
        auth_basic_user_file $work/htpasswd;
    }
    server {
        listen 127.0.0.1:${at[page]};
        root $work/pages;
        error_page 404 =200 /login.html;
    }
    server { listen 127.0.0.1:${at[moved]}; return 301 https://localhost:${at[tls]}\$request_uri; }
    server { listen 127.0.0.1:${at[away]}; return 302 http://files.example.com\$request_uri; }
}
END
} > nginx.conf
serve "${at[plain]}" nginx -p "$work" -c "$work/nginx.conf" -e stderr

url() { echo "http://localhost:${at[$1]}/dect"; }
secure() { echo "https://localhost:${at[$1]}/dect"; }

# ---- as rendered and served, nothing is found: of the tree and of the descriptions
expect 0 srv/dect --url "$(secure tls)" --ca-bundle ca.pem
found 'no findings in 15 files of 4 servers' '0013d1400001: 5 of 5 files served'
set -a
# shellcheck disable=SC1091 # an input of the example
. "$DECTPROV_ROOT/examples/fleet/demo.env"
set +a
expect 0 "$DECTPROV_ROOT/examples/fleet/sites" --url "$(secure tls)" --ca-bundle ca.pem
found 'no findings in 15 files of 4 servers'
expect 0 --url "$(secure tls)" --ca-bundle ca.pem --server 0013d1200001 --server 0013d1250001
found 'of 2 servers'

# ---- what is served is kept, as it was
expect 0 srv/dect --url "$(url plain)" -o kept
diff -r srv/dect kept
[[ $(stat -c %a kept/0013d1200001-users.xml) == 640 ]]

# ---- one byte changed, one file gone, one under another name
cp -r srv/dect described
sed -i 's/Foreman/Foreman2/' srv/dect/0013d1250001-users.xml
rm srv/dect/0013d1200001-users.xml
mv srv/dect/0013d1400002-config.xml srv/dect/0013D1400002-config.xml
touch -d '2020-02-02 12:00 UTC' srv/dect/0013d1250001-users.xml
expect 1 described --url "$(url plain)" --diff
found "$(url plain)/0013d1250001-users.xml:1:1: error: not the same as described/0013d1250001-users.xml: different from line" \
    'an older version: it was last changed on 2020-02-02 12:00 UTC' \
    "$(url plain)/0013d1200001-users.xml:1:1: error: the server answers 404 Not Found" \
    'it exists under the name 0013D1400002-config.xml' 'Foreman2' '[delivery/differs]' '[delivery/missing]'
rm -r srv/dect
cp -r described srv/dect

# ---- a folder above and a folder too deep
expect 1 described --url "$(url plain)/deeper"
found "it exists in the folder $(url plain)/"

# ---- certificates
expect 1 described --url "$(secure tls)"
found '[delivery/certificate]' 'not signed by a CA in the bundle' 'it is signed by CN = ca' '--ca-bundle'
expect 1 described --url "$(secure expired)" --ca-bundle ca.pem
found 'expired on' '[delivery/certificate]' '3 more servers'
expect 1 described --url "$(secure other)" --ca-bundle ca.pem
found "the certificate is for files.example.com, not for localhost:${at[other]}"
expect 1 described --url "$(secure self)" --ca-bundle ca.pem
found 'self-signed'
expect 1 described --url "$(secure plain)"
found '[delivery/unreachable]' 'no TLS connection'
expect 1 described --url "$(secure mutual)" --ca-bundle ca.pem
found '[delivery/refused]' '--client-cert'
expect 0 described --url "$(secure mutual)" --ca-bundle ca.pem --client-cert client.pem
expect 2 described --url "$(secure mutual)" --ca-bundle ca.pem --client-cert ca.pem
found '--client-cert'
expect 2 described --url "$(secure tls)" --ca-bundle htpasswd
found '--ca-bundle'

# ---- logins: those of the URL are used, and shown nowhere
locked=127.0.0.1:${at[locked]}/dect
expect 1 described --url "http://$locked"
found '401 Unauthorized' '[delivery/refused]' 'the URL has no user name'
expect 1 described --url "http://dect:wr0ngfish@$locked" --verbose --format json
found '401 Unauthorized'
absent wr0ngfish
expect 0 described --url "http://dect:Sw0rdfish@$locked" --verbose
absent Sw0rdfish

# ---- a list of the folder, a page with status 200, redirects
expect 0 described --url "$(url listed)"
found '[delivery/listing]' 'with 4 files of SIP passwords'
expect 0 described --url "$(url listed)" --rule delivery/listing=off
absent delivery/listing
expect 1 described --url "$(url page)"
found '[delivery/not-provisioning]' 'a web page'
expect 0 described --url "http://localhost:${at[moved]}/dect" --ca-bundle ca.pem
found '[delivery/redirect]' "301 with a redirect to https://localhost:${at[tls]}/dect/"
expect 1 described --url "$(url away)"
found 'error: the server answers 302 with a redirect to http://files.example.com/dect/' 'nothing is known about the file' '[delivery/redirect]'

# ---- nobody is there; a name that stands for nothing; a proxy of the environment is not asked
free_port
expect 1 described --url "http://127.0.0.1:$port/dect"
found 'Connection refused' '3 more servers' '[delivery/unreachable]'
expect 1 described --url http://nowhere.invalid/dect
found 'the host name has no address'
http_proxy=http://127.0.0.1:$port expect 0 described --url "$(url plain)"

# ---- a server is never asked for more than -j files at a time, and a run of one connection finds the same
expect 0 described --url "$(url plain)" -j 1
found 'no findings in 15 files of 4 servers'

# ---- what is in the list of processes, while a server stalls
free_port
serve "$port" python3 "$DECTPROV_ROOT/tests/odd_server.py" "$port"
# What a shell starts in the background ignores Ctrl-C.
env --default-signal=INT "$DECTPROV_BINARY" probe described --url "http://dect:Sw0rdfish@127.0.0.1:$port/stall" --timeout 20 > stalled 2>&1 &
stalled=$!
for _ in $(seq 100); do
    grep -qs . asked && break
    sleep 0.05
done
tr '\0' ' ' < "/proc/$stalled/cmdline" > out
found '://*'
absent Sw0rdfish
# Ctrl-C ends at once, with what is known.
kill -INT "$stalled"
status=0
wait "$stalled" || status=$?
((status == 130)) || { cat stalled; exit 1; }
grep -q 'interrupted' stalled
echo "what nginx serves well is found well, and the rest is found"
