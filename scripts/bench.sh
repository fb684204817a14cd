#!/usr/bin/env bash
# Runs every benchmark that compares with a reference, once, and prints their
# lines: bench: NAME ours=… ref=… ratio=…
set -euo pipefail

output=$(mktemp)
trap 'rm -f "$output"' EXIT

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "machine: $(uname -sm), ${model:-unknown processor}, $(getconf _NPROCESSORS_ONLN) cores, $(go env GOVERSION)"

# One package after the other: two at once would measure each other.
# Comparisons are tests named TestBench… and benchmarks that print such a line; the
# other benchmarks run along for the log.
if ! KITH_BENCH=1 go test -count=1 -p 1 -timeout 60m -run '^TestBench' -bench . -benchtime 1s -v ./... >"$output" 2>&1; then
	cat "$output" >&2
	echo "a benchmark failed, see above" >&2
	exit 1
fi
grep -oE 'bench: .*' "$output" || { echo "no benchmark printed a line" >&2; exit 1; }
# A benchmark that was skipped (its data is not at hand) says so.
grep -A 1 -E '^ *--- SKIP: .*Bench' "$output" >&2 || true
