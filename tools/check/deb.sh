#!/usr/bin/env bash
# Makes the .debs from the release build, lets lintian read them, installs the program's in a clean Debian 12 and scans
# there with nothing but it and a FASTA.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source=tools/check/debian.sh
source tools/check/debian.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cpack --config build/release/CPackConfig.cmake -B "$work/deb"
for deb in "$work"/deb/*.deb; do
  dpkg-deb --info "$deb"
  dpkg-deb --contents "$deb"
  lintian --fail-on error --allow-root "$deb"
done
deb=$(echo "$work"/deb/iresweep_*.deb)

{ echo ">r"; head -c 1000 /dev/zero | tr '\0' A; echo; } >"$work/r.fa"
scan=(iresweep scan --report best r.fa)
(cd "$work" && PATH=$OLDPWD/build/release/tools:$PATH "${scan[@]}") >"$work/here.bed"

make_debian "$work/debian"
cp "$deb" "$work/r.fa" "$work/debian/root"
in_debian "$work/debian" apt-get update
in_debian "$work/debian" bash -euc "DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends /root/*.deb"
in_debian "$work/debian" iresweep --version
in_debian "$work/debian" bash -euc 'cd /root; "$@"' scan "${scan[@]}" >"$work/there.bed"
cmp "$work/here.bed" "$work/there.bed"
test -s "$work/there.bed"
echo "note: ${deb##*/}, $(dpkg-deb --field "$deb" Installed-Size) kB installed"
