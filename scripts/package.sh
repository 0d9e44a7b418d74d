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
maintainer="The dectprov authors <dectprov@invalid.example>"
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export LC_ALL=C TZ=UTC
umask 022

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# install COMPONENT ROOT PREFIX: installs what was built, without symbols.
install() { DESTDIR=$2 cmake --install build/package --component "$1" --prefix "$3" --strip > /dev/null; }

# documents ROOT PACKAGE: what Debian asks of every package, without a time or a name inside.
documents() {
    local doc=$1/usr/share/doc/$2
    mkdir -p "$doc"
    gzip -9nc CHANGELOG.md > "$doc/changelog.gz"
    printf 'dectprov (%s-0dectprov1) unstable; urgency=medium\n\n  * See changelog.gz.\n\n -- %s  %s\n' "$version" "$maintainer" \
        "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n > "$doc/changelog.Debian.gz"
    {
        printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
        printf 'Upstream-Name: dectprov\n\nFiles: *\nCopyright: %s\nLicense: Expat\n' \
            "$(sed -n 's/^Copyright (c) //p' LICENSE)"
        sed '1,/^$/d; /^Copyright/d' LICENSE | sed '/./,$!d; s/^$/./; s/^/ /'
    } > "$doc/copyright"
    rm -f "$doc/LICENSE" "$doc/CHANGELOG.md"
}

# notices FOLDER PACKAGE...: the terms of the libraries that are compiled in, as Debian has them, a file each.
notices() {
    local folder=$1 one
    shift
    mkdir -p "$folder"
    for one; do cp "/usr/share/doc/$one/copyright" "$folder/$one"; done
    chmod 644 "$folder"/*
}
compiled_in=(libcli11-dev libfmt-dev libre2-dev libxxhash-dev libyaml-cpp-dev nlohmann-json3-dev)

# depends PROGRAM: the packages of the libraries that it loads. dpkg-shlibdeps wants to stand in a source package.
depends() {
    mkdir -p "$work/debian"
    printf 'Source: dectprov\n\nPackage: dectprov\nArchitecture: any\n' > "$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O "$1" 2> /dev/null | sed -n 's/^shlibs:Depends=//p')
}

# make_deb PACKAGE COMPONENT PROGRAM FURTHER-DEPENDS SUMMARY: the description is read from standard input.
make_deb() {
    local root=$work/$1 needed
    install "$2" "$root" /usr
    documents "$root" "$1"
    notices "$root/usr/share/doc/$1/libraries" "${compiled_in[@]}"
    if [[ -d $root/usr/share/man ]]; then find "$root/usr/share/man" -type f -exec gzip -9n {} +; fi
    needed=$(depends "$root/usr/bin/$3")
    mkdir -p "$root/DEBIAN"
    {
        printf 'Package: %s\nSource: dectprov\nVersion: %s-0dectprov1\nArchitecture: %s\n' "$1" "$version" "$architecture"
        printf 'Maintainer: %s\n' "$maintainer"
        printf 'Installed-Size: %s\n' "$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f1)"
        printf 'Depends: %s\nSection: comm\nPriority: optional\n' "${4:+$4, }$needed"
        printf 'Description: %s\n' "$5"
        sed 's/^/ /'
    } > "$root/DEBIAN/control"
    (cd "$root" && find usr -type f | sort | xargs md5sum) > "$root/DEBIAN/md5sums"
    find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zxz --build "$root" "$out/$1_${version}_$architecture.deb" > /dev/null
}

make_debs() {
    make_deb dectprov program dectprov "" "check and write provisioning files of Spectralink DECT servers" << 'END'
Checks provisioning files, whole trees and site descriptions, renders files
from descriptions, and shows what each server will do with a change.
END
    make_deb dectprov-probe probe dectprov-probe "dectprov (= $version-0dectprov1)" \
        "fetch from provisioning servers like a Spectralink DECT server" << 'END'
Fetches what each server would fetch, over HTTP, HTTPS, FTP or TFTP, and checks
what the server gets. Only this part of dectprov uses a network.
END
}

# pack FOLDER FILE: the folder as a compressed archive, in the order of the names.
pack() {
    tar -C "$(dirname "$1")" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        -cf - "$(basename "$1")" | gzip -9n > "$2"
}

make_tarball() {
    local name
    name=dectprov-$version-linux-$(uname -m)
    install program "$work/static" /
    install static "$work/static" /
    mkdir -p "$work/$name"
    mv "$work/static"/* "$work/$name/"
    cp LICENSE README.md CHANGELOG.md "$work/$name/"
    notices "$work/$name/libraries" "${compiled_in[@]}" libc6-dev libgcc-12-dev liblzma-dev libstdc++-12-dev libxml2-dev zlib1g-dev
    pack "$work/$name" "$out/$name.tar.gz"
}

make_source() {
    git archive --format=tar --prefix="dectprov-$version/" HEAD | gzip -9n > "$out/dectprov-$version.tar.gz"
}

scripts/build.sh package
make_debs
make_tarball
make_source
(cd "$out" && sha256sum -- *.deb *.tar.gz > SHA256SUMS)
cat "$out/SHA256SUMS"
