#!/usr/bin/env bash
# Installs libsecp256k1 (Debian, Ubuntu), which makes K-256 signatures ten times as fast. Not needed to build, run or test.
set -euo pipefail

installed() { ldconfig -p | grep -q 'libsecp256k1\.so'; }

if installed; then
    echo 'libsecp256k1 is there'
    exit
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq

# The package is named after its ABI: 1 in Debian 12 and Ubuntu 24.04, 2 in Debian 13.
for abi in 1 2 0; do
    if apt-cache show "libsecp256k1-$abi" >/dev/null 2>&1; then
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends "libsecp256k1-$abi" >/dev/null
        break
    fi
done
installed && echo 'libsecp256k1 is installed'
