#!/usr/bin/env bash
# Tests the server with the official SDKs. Arguments go to node --test: files, --test-name-pattern=…
set -euo pipefail
cd "$(dirname "$0")/.."

[ -d tests/clients/node_modules ] || scripts/setup-clients.sh
dotnet build src/Pds.Api -c Release -v quiet --nologo

cd tests/clients
PATH="$PWD/node_modules/.bin:$PATH" node --test --test-reporter=spec "$@"
