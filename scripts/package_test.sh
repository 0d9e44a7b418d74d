#!/usr/bin/env bash
# Checks the packages that scripts/package.sh made, as root: package_test.sh [FOLDER] (default: build/packages).
# lintian, what the packages hold, an installation in a root of its own with nothing but what the .deb asks for, an upgrade
# over it, its removal; and the program for any Linux in a root that holds nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

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

# A root with the packages that the .deb asks for, unpacked: nothing of this machine's is seen from in there.
echo "package_test: in a root of its own"
root=$work/root
mkdir -p "$root/etc" "$root/tmp"
ln -s usr/bin "$root/bin"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"
(
    mkdir -p "$work/debs" && cd "$work/debs"
    wanted=$(dpkg-deb --field "$deb" Depends | tr ',' '\n' | sed 's/(.*//; s/|.*//; s/ //g')
    # shellcheck disable=SC2086  # a list of names
    needed=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
        --no-pre-depends $wanted | grep '^[a-z]' | sort -u)
    # shellcheck disable=SC2086
    apt-get download -qq $needed dash coreutils libselinux1 libpcre2-8-0 libacl1 libattr1 libgmp10 > /dev/null 2>&1 || true
    for one in *.deb; do dpkg-deb --extract "$one" "$root"; done
)
mkdir -p "$root/work"
cp -r examples/clinic "$root/work/"
cp "$deb" "$root/tmp/dectprov.deb"
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/bin HOME=/tmp "$@"; }
for round in install upgrade; do
    dpkg --root="$root" --force-script-chrootless --force-depends --install "$deb" > "$work/log" 2>&1 ||
        { cat "$work/log"; fail "$round"; }
    in_root dectprov --version
    in_root dectprov lint --no-config /work/clinic/site.yaml
done
dpkg --root="$root" --force-script-chrootless --remove dectprov > "$work/log" 2>&1 || { cat "$work/log"; fail "remove"; }
[[ ! -e $root/usr/bin/dectprov && ! -e $root/usr/share/dectprov ]] || fail "something is left behind"

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
