#!/usr/bin/env bash
# Installs Chromium (Debian, Ubuntu), in which tests look at the pages. Without it those tests are skipped.
set -euo pipefail

if [ -x /usr/bin/chromium ]; then
    echo 'Chromium is there'
    exit
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
[ -x /usr/bin/chromium ] && echo 'Chromium is installed'
