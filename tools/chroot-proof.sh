#!/usr/bin/env bash
# Proves the README: in a clean Debian 12, in a clone of HEAD, its set-up commands run as they stand there.
#   tools/chroot-proof.sh [--first]      --first: only the first command
# Needs root and debootstrap; says so and exits 77 where it cannot.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source=tools/check/debian.sh
source tools/check/debian.sh

# The first code block that names quickstart.sh, without comments.
mapfile -t commands < <(awk '
  /^```/ { inside = !inside; if (inside) block = ""; else if (block ~ /quickstart\.sh/) { printf "%s", block; exit } next }
  inside && !/^ *(#|$)/ { sub(/ +# .*/, ""); block = block $0 "\n" }' README.md)
if ((${#commands[@]} != 2)); then
  echo "README.md: ${#commands[@]} set-up commands instead of two"
  exit 1
fi
[[ ${1-} == --first ]] && commands=("${commands[0]}")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make_debian "$work/debian"
git clone --quiet --no-hardlinks . "$work/debian/root/iresweep"
for command in "${commands[@]}"; do
  begin=$SECONDS
  echo "== $command"
  in_debian "$work/debian" bash -euc "cd /root/iresweep; $command" </dev/null
  echo "note: $command took $((SECONDS - begin)) s in a clean Debian 12"
done
