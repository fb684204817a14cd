#!/usr/bin/env bash
# Writes the app's types of the API from the API's own description, which the
# tests of internal/httpapi keep.
set -euo pipefail
cd "$(dirname "$0")/../web/tools"
[[ -d node_modules ]] || npm install --ignore-scripts --no-audit --no-fund --loglevel=error
npx --no-install openapi-typescript ../../internal/httpapi/testdata/openapi.json --output ../src/api/schema.ts \
	--root-types --root-types-no-schema-prefix >/dev/null
