#!/usr/bin/env bash
# The extension for VS Code with the real program: it starts it, and its two commands show what that answers. Status 77:
# Node.js is not installed. How it is packed needs npm: editors/vscode/README.md.
set -euo pipefail

command -v node > /dev/null || { echo "left out: node is not installed"; exit 77; }
extension=$DECTPROV_ROOT/editors/vscode
version=$("$DECTPROV_BINARY" --version | sed -n '1s/^dectprov \([0-9.]*\).*/\1/p')
grep -qF "\"version\": \"$version\"" "$extension/package.json" || { echo "the extension is not version $version"; exit 1; }
grep -qF "dectprov-$version.vsix" "$extension/README.md" || { echo "its README names another version"; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf 'dectprov: 1\nservers:\n  - mac: 0013d1800040\n    model: "6500"\n    users: []\n' > site.yaml
git init -q .
git add .
git -c user.name=a -c user.email=a@example.com commit -q -m a
sed -i 's/users: .*/users: [{username: "9001", authpassword: geheim-1}]/' site.yaml
node "$DECTPROV_ROOT/tests/vscode_extension.js" "$extension" "$DECTPROV_BINARY" .
