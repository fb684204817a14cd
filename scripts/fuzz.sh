#!/usr/bin/env bash
# Runs every fuzz target for a while: scripts/fuzz.sh [TIME], 10s when not given.
set -euo pipefail

time=${1:-10s}
for package in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "$package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
	done
done
