#!/usr/bin/env bash
# Makes the .deb from the release build, lets lintian read it, installs it in a clean Debian 12 and scans there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source=tools/check/debian.sh
source tools/check/debian.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cpack --config build/release/CPackConfig.cmake -B "$work/deb"
deb=$(echo "$work"/deb/*.deb)
dpkg-deb --info "$deb"
dpkg-deb --contents "$deb"
lintian --fail-on error --allow-root "$deb"

build/release/tests/seeded_model "$work/model.safetensors"
{ echo ">r"; head -c 1000 /dev/zero | tr '\0' A; echo; } >"$work/r.fa"
scan=(iresweep scan --model model.safetensors --report best r.fa)
(cd "$work" && PATH=$OLDPWD/build/release/tools:$PATH "${scan[@]}") >"$work/here.bed"

make_debian "$work/debian"
cp "$deb" "$work/model.safetensors" "$work/r.fa" "$work/debian/root"
in_debian "$work/debian" apt-get update
in_debian "$work/debian" bash -euc "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends /root/*.deb"
in_debian "$work/debian" iresweep --version
in_debian "$work/debian" bash -euc 'cd /root; "$@"' scan "${scan[@]}" >"$work/there.bed"
cmp "$work/here.bed" "$work/there.bed"
test -s "$work/there.bed"
echo "note: ${deb##*/}, $(dpkg-deb --field "$deb" Installed-Size) kB installed"
