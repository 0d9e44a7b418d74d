#!/usr/bin/env bash
# Any other CI: installs the release that the three variables name, checks the folder, leaves reports behind.
# Exit status: that of `dectprov lint`.
set -euo pipefail

: "${DECTPROV_URL:?where the files of releases lie}" "${DECTPROV_VERSION:?}" "${DECTPROV_SHA256:?}"
curl --fail --silent --show-error --location --output install_release.sh "$DECTPROV_URL/install_release.sh"
bash install_release.sh "$DECTPROV_URL" "$DECTPROV_VERSION" "$DECTPROV_SHA256" "$HOME/dectprov"
"$HOME/dectprov/bin/dectprov" lint --report junit=dectprov.xml --report html=dectprov.html "${@:-.}"
