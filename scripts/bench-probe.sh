#!/usr/bin/env bash
# How long `probe` takes beside `curl --parallel`, which fetches the same files over as many connections: an nginx on
# loopback serves the files of so many servers, five of each. bench-probe.sh [SERVERS] [BINARY]
set -euo pipefail
cd "$(dirname "$0")/.."

servers=${1:-2000}
DECTPROV_BINARY=$(realpath "${2:-build/release/dectprov}")
export DECTPROV_BINARY DECTPROV_ROOT=$PWD
# shellcheck source=tests/probe_servers.sh
. tests/probe_servers.sh
need nginx curl

{
    printf 'dectprov: 1\nsite: fleet\nservers:\n'
    for number in $(seq "$servers"); do
        cat << END
  - model: "6500"
    mac: $(printf '0013d18%05x' "$number")
    licenses: [enhanced_provisioning]
    settings:
      provisioning: {check: {interval: 60}, cota: {check: true}, users: {check: true}}
    users: [{username: "$((1000 + number))", authpassword: not-a-real-one-$number, configgroup: 100}]
    handset_groups:
      100: {version: 1, settings: {ringing_volume: {volume: 5}}}
      101: {version: 1, settings: {ringing_volume: {volume: 6}}}
END
    done
} > site.yaml
mkdir -p srv
"$DECTPROV_BINARY" render -q -o srv site.yaml 2> /dev/null
chmod -R a+rX srv
free_port
user=""
((EUID != 0)) || user="user root;"
cat > nginx.conf << END
$user
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log stderr;
events {}
http {
    access_log off;
    keepalive_requests 100000;
    server { listen 127.0.0.1:$port; root $work/srv; }
}
END
serve "$port" nginx -p "$work" -c "$work/nginx.conf" -e stderr

url=http://127.0.0.1:$port
for file in srv/*.xml srv/*.ver; do printf 'url = "%s/%s"\noutput = /dev/null\n' "$url" "${file#srv/}"; done > urls
files=$(grep -c ^url urls)
now() { date +%s%N; }
echo "$servers servers, $files files, 4 connections: milliseconds of probe, of curl --parallel, and the ratio"
for _ in $(seq 5); do
    begin=$(now)
    "$DECTPROV_BINARY" probe -q srv --url "$url" -j 4
    between=$(now)
    curl -s --parallel --parallel-max 4 -K urls 2> /dev/null
    end=$(now)
    probe=$(((between - begin) / 1000000)) curl=$(((end - between) / 1000000))
    printf '%d %d %d.%02d\n' "$probe" "$curl" $((probe / curl)) $((probe * 100 / curl % 100))
done
