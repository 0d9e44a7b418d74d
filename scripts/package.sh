#!/usr/bin/env bash
# Makes the packages of a release in a folder (default: build/packages): a .deb for Debian 12 and later, a program that
# runs on any Linux as a tarball, the source, and the checksums of all. package.sh [FOLDER]
# The same commit gives the same bytes: times are the commit's, nothing of the machine gets in.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-build/packages}
mkdir -p "$out"
out=$(cd "$out" && pwd)
scripts/setup.sh build package

version=$(sed -n 's/^project(dectprov VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
architecture=$(dpkg --print-architecture)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export LC_ALL=C TZ=UTC
umask 022

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# install PRESET ROOT PREFIX: builds and installs, without symbols and with the times of the commit.
install() {
    scripts/build.sh "$1"
    DESTDIR=$2 cmake --install "build/$1" --prefix "$3" --strip > /dev/null
    find "$2" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# compressed FILE...: as Debian wants documents, without a time or a name inside.
compressed() { gzip -9n "$@"; }

make_deb() {
    local root=$work/deb
    install package "$root" /usr
    local doc=$root/usr/share/doc/dectprov
    mv "$doc/CHANGELOG.md" "$doc/changelog"
    compressed "$doc/changelog"
    find "$root/usr/share/man" -name '*.[157]' -exec gzip -9n {} + 2> /dev/null || true
    {
        printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
        printf 'Upstream-Name: dectprov\n\nFiles: *\nCopyright: %s\nLicense: Expat\n' \
            "$(sed -n 's/^Copyright (c) //p' LICENSE)"
        sed '1,/^$/d; /^Copyright/d' LICENSE | sed '/./,$!d; s/^$/./; s/^/ /'
    } > "$doc/copyright"
    rm -f "$doc/LICENSE"

    mkdir -p "$root/DEBIAN" "$work/debian"
    # dpkg-shlibdeps wants to stand in a source package.
    printf 'Source: dectprov\n\nPackage: dectprov\nArchitecture: any\n' > "$work/debian/control"
    local depends
    depends=$(cd "$work" && dpkg-shlibdeps -O "$root"/usr/bin/* 2> /dev/null | sed -n 's/^shlibs:Depends=//p')
    {
        printf 'Package: dectprov\nVersion: %s\nArchitecture: %s\n' "$version" "$architecture"
        printf 'Maintainer: The dectprov authors <dectprov@invalid.example>\n'
        printf 'Installed-Size: %s\n' "$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)"
        printf 'Depends: %s\nSection: comm\nPriority: optional\n' "$depends"
        printf 'Description: author and check provisioning files of Spectralink DECT servers\n'
        printf ' Checks provisioning files, whole trees and site descriptions, writes the files\n'
        printf ' that descriptions yield, and says what each server will do with a change.\n'
    } > "$root/DEBIAN/control"
    (cd "$root" && find usr -type f | sort | xargs md5sum) > "$root/DEBIAN/md5sums"
    find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$root" "$out/dectprov_${version}_$architecture.deb" > /dev/null
}

# pack FOLDER FILE: the folder as a compressed archive, in the order of the names.
pack() {
    tar -C "$(dirname "$1")" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        -cf - "$(basename "$1")" | gzip -9n > "$2"
}

make_tarball() {
    local name
    name=dectprov-$version-linux-$(uname -m)
    install static "$work/static" /
    mkdir -p "$work/$name"
    mv "$work/static"/* "$work/$name/"
    cp LICENSE README.md CHANGELOG.md "$work/$name/"
    pack "$work/$name" "$out/$name.tar.gz"
}

make_source() {
    git archive --format=tar --prefix="dectprov-$version/" HEAD | gzip -9n > "$out/dectprov-$version.tar.gz"
}

make_deb
make_tarball
make_source
(cd "$out" && sha256sum -- *.deb *.tar.gz > SHA256SUMS)
cat "$out/SHA256SUMS"
