#!/usr/bin/env bash
# What a fleet from two tables costs beside the same fleet as files and as descriptions, and how its memory grows.
# bench-fleet.sh [SERVERS] [BINARY] [ROUNDS]; each server has 50 users.
set -euo pipefail
cd "$(dirname "$0")/.."

servers=${1:-2000}
program=$(realpath "${2:-build/release/dectprov}")
rounds=${3:-5}
# A disk that flushes would be most of it.
work=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# tables FOLDER SERVERS USERS: a description with a table of servers and one of users
tables() {
    mkdir "$1"
    awk -v servers="$2" 'BEGIN {
        print "mac,name,var.clinic"
        for (i = 1; i <= servers; ++i) printf "0013d1%06x,Clinic %d,c%d\n", i, i, i
    }' > "$1/servers.csv"
    awk -v servers="$2" -v users="$3" 'BEGIN {
        print "username,displayname,ipei,authpassword,clinic"
        for (i = 1; i <= servers; ++i) for (k = 1; k <= users; ++k) {
            n = (i - 1) * users + k
            printf "%d,User %d,%05d %07d,not-a-real-one-%d,c%d\n", 100000 + n, n, n / 1000000, n % 1000000, n, i
        }
    }' > "$1/users.csv"
    common > "$1/site.yaml"
    # shellcheck disable=SC2016 # the description's reference
    (($3 == 0)) || printf '  users: [{from: users.csv, where: {clinic: "${var:clinic}"}}]\n' >> "$1/site.yaml"
    printf 'servers: [{from: servers.csv}]\n' >> "$1/site.yaml"
}

common() {
    cat << 'END'
dectprov: 1
vars: {host: prov.example.com}
defaults:
  model: "400"
  settings:
    network: {bootproto: dhcp}
    provisioning:
      server: {method: static, url: "https://${var:host}/${var:clinic}"}
      check: {check_sync: update, interval: 60}
      users: {check: true}
END
}

# The same fleet, twenty servers a description, each server with a table of its users.
descriptions() {
    mkdir descriptions
    common > descriptions/layer.yaml
    awk -v servers="$servers" 'BEGIN {
        for (i = 1; i <= servers; ++i) {
            file = sprintf("descriptions/site%04d.yaml", (i - 1) / 20)
            if (i % 20 == 1) printf "dectprov: 1\nsite: s%04d\nextends: [layer.yaml]\nservers:\n", (i - 1) / 20 > file
            printf "  - {mac: 0013d1%06x, name: Clinic %d, vars: {clinic: c%d}, users: [{from: c%d.csv}]}\n", i, i, i, i > file
            if (i % 20 == 0) close(file)
        }
    }'
    awk -F, 'NR > 1 {
        file = "descriptions/" $5 ".csv"
        if (file != last) { if (last) close(last); print "username,displayname,ipei,authpassword" > file; last = file }
        print $1 "," $2 "," $3 "," $4 > file
    }' tables/users.csv
}

cat > measure.py << 'END'
import os, resource, subprocess, sys, time
begin = time.monotonic()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
if status not in (0, 1):
    sys.exit(f"{sys.argv[1:]} ended with {status}")
print(round((time.monotonic() - begin) * 1000), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
# measure COMMAND…: sets ms and kb
measure() { read -r ms kb < <(python3 measure.py "$@"); }
ratio() { printf '%d.%02d' $(($1 / $2)) $(($1 * 100 / $2 % 100)); }

tables tables "$servers" 50
descriptions
"$program" render -q tables/site.yaml -o tree
"$program" render -q descriptions -o same
diff -rq tree same > /dev/null || { echo 'the two ways do not render to the same bytes' >&2; exit 1; }
rm -r same

echo "$servers servers, $((servers * 50)) users: milliseconds"
echo 'lint of the tables, of the rendered tree, ratio; first rendering of the tables, of the descriptions, ratio; MB'
for _ in $(seq "$rounds"); do
    measure "$program" lint tables
    lint=$ms
    measure "$program" lint --model 400 tree
    of_tree=$ms
    measure "$program" render -q tables/site.yaml -o made
    render=$ms
    memory=$kb
    measure "$program" render -q descriptions -o made2
    echo "$lint $of_tree $(ratio "$lint" "$of_tree"); $render $ms $(ratio "$render" "$ms"); $((memory / 1024))"
    rm -r made made2
done

tables tenth $((servers / 10)) 50
measure "$program" render -q tenth/site.yaml -o made
tenth=$kb
measure "$program" render -q tables/site.yaml -o made2
echo "memory of rendering $((servers / 10)) and $servers servers with their users: $tenth and $kb kB, $(ratio "$kb" "$tenth") times"
rm -r made made2

tables ten_thousand 10000 0
tables hundred_thousand 100000 0
for job in 'lint' 'render --check -o made' 'render -o made' 'render --check -o made' ; do
    # shellcheck disable=SC2086 # they are several words
    measure "$program" $job -q ten_thousand/site.yaml
    less=$kb
    # shellcheck disable=SC2086
    measure "$program" $job -q hundred_thousand/site.yaml
    echo "$job: memory for 10,000 and 100,000 servers without users: $less and $kb kB, $(ratio "$kb" "$less") times"
done
