# What is no Debian package and only tests need, from npm's registry: fetched once, held against its checksum, and kept in
# the cache. npm_package NAME VERSION SHA256 prints the folder of the package, or nothing, with status 1, where it is not to
# be had.
# shellcheck shell=bash
npm_package() {
    local kept=${XDG_CACHE_HOME:-$HOME/.cache}/dectprov/npm/$1-$2
    if [[ ! -d $kept ]]; then
        local fetched
        mkdir -p "${kept%/*}"
        fetched=$(mktemp -d "$kept.XXXXXX")
        # Two tests may fetch the same: the first to be through keeps its own.
        curl -fsSL --max-time 300 -o "$fetched/package.tgz" "https://registry.npmjs.org/$1/-/$1-$2.tgz" &&
            sha256sum --status --check <<< "$3  $fetched/package.tgz" &&
            tar -xzf "$fetched/package.tgz" -C "$fetched" &&
            rm "$fetched/package.tgz" &&
            mv -T "$fetched" "$kept" 2> /dev/null
        rm -rf "$fetched"
        [[ -d $kept ]] || return 1
    fi
    echo "$kept/package"
}
