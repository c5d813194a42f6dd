#!/usr/bin/env bash
# Installs Caddy and nginx (Debian, Ubuntu), behind which tests put the server, openssl for their certificates, and what lends those names addresses.
# Without them those tests are skipped.
set -euo pipefail

has() { command -v caddy && command -v openssl && [ -x /usr/sbin/nginx ] && compgen -G '/usr/lib/*/libnss_wrapper.so'; } >/dev/null

if has; then
    echo 'The proxies are there'
    exit
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq

# Packages start what they install, on ports that are not theirs to take here.
marker=/usr/sbin/policy-rc.d
if [ ! -e "$marker" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$marker" >/dev/null
    "${as_root[@]}" chmod +x "$marker"
    trap '"${as_root[@]}" rm -f "$marker"' EXIT
fi
"${as_root[@]}" apt-get install -y -qq --no-install-recommends caddy nginx-light openssl libnss-wrapper >/dev/null
has && echo 'The proxies are installed'
