#!/usr/bin/env bash
# Builds the engine's tests for 64-bit ARM and runs them under qemu, all in build/neon; the system is left as it is.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
command -v qemu-aarch64-static aarch64-linux-gnu-g++ >/dev/null || { echo "no qemu-aarch64-static or aarch64-linux-gnu-g++"; exit 77; }
apt=$PWD/build/neon/apt
export IRESWEEP_ARM64_ROOT=$PWD/build/neon/root

# The libraries of the build and test groups with all they need: an apt state of our own, as if nothing were installed.
if [[ ! -d $IRESWEEP_ARM64_ROOT ]]; then
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$IRESWEEP_ARM64_ROOT.part"
  : >"$apt/status"
  options=(-qq -o "Dir::State::lists=$apt/lists" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache"
    -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root)
  mapfile -t names < <(awk '$1 ~ /^(build|test)$/ && $2 ~ /-dev$/ {print $2}' tools/packages.txt)
  if ! apt-get "${options[@]}" update ||
    ! apt-get "${options[@]}" install --download-only --yes --no-install-recommends "${names[@]}"; then
    echo "apt cannot fetch arm64 packages here"
    exit 77
  fi
  for deb in "$apt"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$IRESWEEP_ARM64_ROOT.part"; done
  rm -rf "$apt"
  mv "$IRESWEEP_ARM64_ROOT.part" "$IRESWEEP_ARM64_ROOT"
fi

cmake --preset neon
cmake --build --preset neon --parallel "$(nproc)" --target test_engine
tools/check/tests.sh neon --tests-regex '^engine:'
