#!/usr/bin/env bash
# Installs the Debian packages of the named groups of tools/packages.txt: tools/install-packages.sh build test
# Does nothing when they are there. Needs root or sudo otherwise.
set -euo pipefail

list=$(dirname "$(readlink -f "$0")")/packages.txt
(($#)) || { echo "usage: $0 GROUP...   groups: $(awk '/^[a-z]/ {print $1}' "$list" | sort -u | xargs)" >&2; exit 2; }

begin=$SECONDS
missing=()
for group in "$@"; do
  names=$(awk -v group="$group" '$1 == group {print $2}' "$list")
  [[ $names ]] || { echo "$0: no group '$group' in $list" >&2; exit 2; }
  for name in $names; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
  done
done
if ((${#missing[@]} == 0)); then
  echo "packages ($*): all there"
  exit
fi

as_root=()
if ((EUID)); then
  command -v sudo >/dev/null || { echo "$0: needs root or sudo to install: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
as_root+=(env DEBIAN_FRONTEND=noninteractive)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() { "${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1; }
install() { apt install --yes --no-install-recommends "${missing[@]}"; }

# Package lists that are absent or old show as an install that fails: only then are they fetched.
echo "packages ($*): installing ${missing[*]}"
if ! install && ! { apt update && install; }; then
  tail -n 20 "$log" >&2
  echo "$0: apt-get could not install them; the lines above say why" >&2
  exit 1
fi
echo "packages ($*): installed in $((SECONDS - begin)) s"
