#!/usr/bin/env bash
# Makes the .deb from the release build, lets lintian read it, installs it in a clean Debian 12 and scans there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source=tools/check/debian.sh
source tools/check/debian.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The program alone, without tests, as a packager builds it.
cpack --config build/release/CPackConfig.cmake -B "$work/deb"
deb=$(echo "$work"/deb/*.deb)
dpkg-deb --info "$deb"
dpkg-deb --contents "$deb"
lintian --fail-on error --allow-root "$deb"

make_debian "$work/debian"
cp "$deb" "$work/debian/tmp/iresweep.deb"
tests/support/small_scan.sh
