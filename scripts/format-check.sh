#!/usr/bin/env bash
# Fails when a Go file is not formatted, and names it.
set -euo pipefail

files=$(git ls-files --cached --others --exclude-standard '*.go' | xargs --no-run-if-empty gofmt -l)
if [[ -n $files ]]; then
	echo "not formatted; run gofmt -w on:" >&2
	echo "$files" >&2
	exit 1
fi
