# What is no Debian package and only tests need, from npm: fetched once, and kept in the cache.
# npm_package NAME@VERSION prints the folder of the package, or nothing, with status 1, where it is not to be had.
# shellcheck shell=bash
npm_package() {
    local name=${1%@*} kept=${XDG_CACHE_HOME:-$HOME/.cache}/dectprov/npm/$1
    if [[ ! -d $kept ]]; then
        command -v npm > /dev/null || return 1
        mkdir -p "${kept%/*}"
        local fetched
        fetched=$(mktemp -d "$kept.XXXXXX")
        # Two tests may fetch the same: the first to be through keeps its own.
        timeout 300 npm install --silent --no-audit --no-fund --prefix "$fetched" "$1" > /dev/null 2>&1 &&
            mv -T "$fetched" "$kept" 2> /dev/null
        rm -rf "$fetched"
        [[ -d $kept ]] || return 1
    fi
    echo "$kept/node_modules/$name"
}
