#!/usr/bin/env bash
# Installs the official SDKs, the official PDS and PLC directory, and a Node.js that they run on, into tests/clients/node_modules.
set -euo pipefail
cd "$(dirname "$0")/../tests/clients"

npm ci --loglevel=error
export PATH="$PWD/node_modules/.bin:$PATH"

# No package's install script is run; the one addon among them, the official PDS's database, is compiled here, against the headers of that Node.js.
compile() {
  local node headers gyp
  node=$(readlink -f "$(command -v node)")
  headers=$(dirname "$(dirname "$node")")
  gyp=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")/node_modules/node-gyp/bin/node-gyp.js
  [ -f "$headers/include/node/node.h" ] && [ -f "$gyp" ] && (cd node_modules/better-sqlite3 && node "$gyp" rebuild --release --nodedir="$headers" --jobs=max)
}

log=$(mktemp)
if ! compile >"$log" 2>&1; then
  tail -5 "$log"
  echo "better-sqlite3 could not be compiled (it needs a C++ compiler, make and Python): tests that start the official PDS will be skipped"
fi
rm -f "$log"
echo "Node.js $(node --version) and the SDKs are in tests/clients/node_modules"
