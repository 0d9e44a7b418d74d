#!/usr/bin/env bash
# Checks the packages that scripts/package.sh made, by sudo where it is not root: package_test.sh [FOLDER] (default:
# build/packages).
# lintian, what the packages hold, the steps of Containerfile in a bare Debian, an upgrade there, the removal; and the program
# for any Linux in a root that holds nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh package
((EUID == 0)) || exec sudo scripts/package_test.sh "$@"
packages=$(cd "${1:-build/packages}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "package_test: $*" >&2
    exit 1
}

(cd "$packages" && sha256sum --check --quiet SHA256SUMS)
deb=$(find "$packages" -name 'dectprov_*.deb')
probe=$(find "$packages" -name 'dectprov-probe_*.deb')
tarball=$(find "$packages" -name 'dectprov-*-linux-*.tar.gz')

echo "package_test: lintian"
lintian --fail-on error,warning --allow-root "$deb" "$probe"

echo "package_test: what the .deb holds"
dpkg-deb --contents "$deb" | awk '{print $6}' > "$work/files"
for file in ./usr/bin/dectprov ./usr/share/man/man1/dectprov-lint.1.gz ./usr/share/man/man5/dectprov-site.5.gz \
    ./usr/share/man/man7/dectprov-rules.7.gz ./usr/share/bash-completion/completions/dectprov \
    ./usr/share/dectprov/schemas/site.schema.json ./usr/share/doc/dectprov/copyright \
    ./usr/share/doc/dectprov/libraries/libre2-dev; do
    grep -qx "$file" "$work/files" || fail "$deb lacks $file"
done
! grep -q '/include/\|\.a$' "$work/files" || fail "$deb holds what only developers need"

echo "package_test: hardening"
dpkg-deb --extract "$deb" "$work/programs"
dpkg-deb --extract "$probe" "$work/programs"
tar -xzf "$tarball" --directory "$work/programs"
scripts/hardened.sh "$work"/programs/usr/bin/* "$work"/programs/dectprov-*/bin/dectprov

# The steps of Containerfile as an engine runs them, in a Debian with what is essential and apt, as it is made by mmdebstrap.
echo "package_test: the steps of Containerfile, in a bare Debian"
root=$work/root
# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
mmdebstrap --quiet --variant=apt --mode=root "$codename" "$root"
cp /etc/resolv.conf "$root/etc/"
in_root() {
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp DEBIAN_FRONTEND=noninteractive "$@"
}
user=root folder=/
entry=() default=()
words() { python3 -c 'import json, sys; print("\n".join(json.loads(sys.argv[1])))' "$1"; }
while read -r step rest; do
    case $step in
        FROM) [[ $rest == debian:12-slim ]] || fail "Containerfile begins with $rest" ;;
        COPY)
            read -r from to <<< "$rest"
            [[ $from == 'build/packages/dectprov_*.deb' ]] || fail "Containerfile copies $from"
            cp "$deb" "$root$to"
            ;;
        RUN) in_root sh -ec "$rest" > "$work/log" 2>&1 || { cat "$work/log"; fail "RUN $rest"; } ;;
        USER) user=$rest ;;
        WORKDIR) folder=$rest ;;
        ENTRYPOINT) mapfile -t entry < <(words "$rest") ;;
        CMD) mapfile -t default < <(words "$rest") ;;
        '' | '#'*) ;;
        *) fail "Containerfile has a step '$step', which this test does not know" ;;
    esac
done < <(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' Containerfile)
mkdir -p "$root$folder"
cp -r examples/clinic "$root$folder/"
chmod -R go=rX "$root$folder"
# contained ARGUMENT...: what `podman run IMAGE ARGUMENT...` runs.
contained() {
    local arguments=("$@")
    (($#)) || arguments=("${default[@]}")
    # shellcheck disable=SC2016  # for the shell in there
    in_root setpriv --reuid "$user" --regid "$user" --clear-groups sh -c 'cd "$1" && shift && exec "$@"' - "$folder" \
        "${entry[@]}" "${arguments[@]}"
}
[[ $user != root ]] || fail "the container runs as root"
contained > "$work/help"
grep -q '^Usage' "$work/help" || fail "the container without arguments shows no help"
contained --version
contained lint --no-config clinic
[[ ! -e $root/tmp/dectprov.deb ]] || fail "the container keeps its .deb"

echo "package_test: upgrade and removal"
for one in "$deb" "$probe"; do
    dpkg-deb --raw-extract "$one" "$work/newer"
    sed -i 's/0dectprov1/0dectprov2/' "$work/newer/DEBIAN/control"
    dpkg-deb --build "$work/newer" "$root/tmp/$(basename "$one")" > /dev/null
    rm -r "$work/newer"
done
in_root sh -ec 'apt-get update -qq; apt-get install -y -qq --no-install-recommends /tmp/dectprov*.deb' \
    > "$work/log" 2>&1 || { cat "$work/log"; fail upgrade; }
in_root dectprov lint --no-config "$folder/clinic/site.yaml"
in_root dectprov-probe --version
in_root dpkg-query --show dectprov | grep -q -- "-0dectprov2$" || fail "the newer version is not installed"
in_root apt-get purge -y -qq --autoremove dectprov dectprov-probe > "$work/log" 2>&1 || { cat "$work/log"; fail removal; }
left=$(find "$root/usr" "$root/etc" "$root/var" -name '*dectprov*' -not -path "$root/var/cache/*" -not -path "$root/var/log/*")
[[ -z $left ]] || fail "left behind: $left"

echo "package_test: the program for any Linux, in a root that holds nothing else"
bare=$work/bare
mkdir -p "$bare"
tar -xzf "$tarball" --directory "$bare" --strip-components=1
cp -r examples/clinic "$bare/clinic"
chroot "$bare" /bin/dectprov --version
chroot "$bare" /bin/dectprov lint --no-config /clinic
chroot "$bare" /bin/dectprov render --no-config /clinic/site.yaml -o /out
diff -r "$bare/out" examples/clinic/out
! nm -D "$bare/bin/dectprov" 2> /dev/null | grep -q ' U .*connect' || fail "the program can open connections"
size=$(stat -c %s "$bare/bin/dectprov")
echo "package_test: all is well; the program for any Linux has $((size / 1024)) KiB"
