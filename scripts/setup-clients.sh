#!/usr/bin/env bash
# Installs the official SDKs, and a Node.js that they run on, into tests/clients/node_modules.
set -euo pipefail
cd "$(dirname "$0")/../tests/clients"

npm ci --loglevel=error
echo "Node.js $(PATH="$PWD/node_modules/.bin:$PATH" node --version) and the SDKs are in tests/clients/node_modules"
