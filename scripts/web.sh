#!/usr/bin/env bash
# What is done with the web app. The argument says what: build, lint, test,
# browser (the tests in Chromium, against bin/kith) or screens (docs/screens). Without Node it says so and
# goes on where the rest of the repository does not need it.
set -euo pipefail
cd "$(dirname "$0")/../web"

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
	echo "Node 20 or newer is not here, so the web app is left out" >&2
	[[ $1 == build ]] && exit 1
	exit 0
fi

# Installed anew when the lock is newer than what is installed.
if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
	npm install --ignore-scripts --no-audit --no-fund --loglevel=error
	touch node_modules/.package-lock.json
fi

case $1 in
build)
	npm run --silent build
	npm run --silent size
	;;
lint)
	npm run --silent lint
	npm run --silent check
	before=$(sha256sum src/api/schema.ts)
	../scripts/api-types.sh
	if [[ $before != $(sha256sum src/api/schema.ts) ]]; then
		echo "the API has changed: commit web/src/api/schema.ts, which scripts/api-types.sh has written anew" >&2
		exit 1
	fi
	;;
test)
	npm run --silent test
	;;
screens)
	npm run --silent screens
	;;
browser)
	npm run --silent e2e -- "${@:2}"
	;;
*)
	echo "scripts/web.sh build, lint, test, browser or screens" >&2
	exit 2
	;;
esac
