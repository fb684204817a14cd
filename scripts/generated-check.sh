#!/usr/bin/env bash
# Fails when `go generate` changes a file: somebody edited what is generated, or
# forgot to generate it again.
set -euo pipefail

state() { git ls-files --cached --others --exclude-standard -z | xargs -0 sha256sum 2>/dev/null | sort -k 2; }

before=$(state || true)
go generate ./...
after=$(state || true)
if [[ $before != "$after" ]]; then
	echo "go generate changed these files:" >&2
	diff <(echo "$before") <(echo "$after") | awk '/^[<>]/ { print $3 }' | sort -u >&2
	exit 1
fi
