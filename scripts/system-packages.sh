#!/usr/bin/env bash
# Installs the system packages that building needs, and unless the argument is
# "build" those that testing needs too: this list is the only one. It does
# nothing when all are there, and goes on quietly where it may not install; the
# compiler's own message is clearer than ours would be.
set -euo pipefail

# Debian's names. g++ brings the C++ runtime that the embedded engine links to;
# chromium looks at the documentation page in tests, which skip without it.
packages=(gcc g++ libc6-dev)
[[ ${1:-test} == build ]] || packages+=(git chromium)

command -v dpkg-query >/dev/null || exit 0
missing=()
for package in "${packages[@]}"; do
	status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
	[[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

install=(apt-get install --yes --no-install-recommends "${missing[@]}")
update=(apt-get update --quiet --quiet)
if [[ $(id -u) -ne 0 ]]; then
	if ! command -v sudo >/dev/null || ! sudo --non-interactive true 2>/dev/null; then
		exit 0
	fi
	update=(sudo --non-interactive "${update[@]}")
	install=(sudo --non-interactive env DEBIAN_FRONTEND=noninteractive "${install[@]}")
fi
echo "installing ${missing[*]}"
"${update[@]}" </dev/null >/dev/null 2>&1 || true # an old list may still do
DEBIAN_FRONTEND=noninteractive "${install[@]}" </dev/null >/dev/null ||
	echo "could not install ${missing[*]}; going on without" >&2
