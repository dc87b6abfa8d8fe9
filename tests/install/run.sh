#!/usr/bin/env bash
# Installs a built tree under a prefix of its own; builds a small user of the library there, once by CMake and once by
# pkg-config, and runs both and the installed program: tests/install/run.sh BUILD-FOLDER
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
build=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first"
# The tree may be moved: nothing in it may name the place where it was installed.
mv "$work/first" "$work/prefix"
prefix=$work/prefix

cmake -S "$here" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
cmake --build "$work/cmake"

PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name iresweep.pc)")
export PKG_CONFIG_PATH
read -ra flags < <(pkg-config --cflags --libs iresweep)
g++ -std=c++20 -O1 -o "$work/by_pkg_config" "$here/consumer.cpp" "${flags[@]}"

sequence=$(awk 'BEGIN { srand(1); for (i = 0; i < 400; ++i) printf "%s", substr("ACGU", 1 + int(4 * rand()), 1) }')
"$work/cmake/consumer" "$work/model.safetensors" "$sequence" | tee "$work/one"
"$work/by_pkg_config" "$work/model.safetensors" "$sequence" >"$work/two"
cmp "$work/one" "$work/two"

version=$(sed -n 's/^Version: //p' "$PKG_CONFIG_PATH/iresweep.pc")
said=$("$prefix/bin/iresweep" --version | head -n 1)
[[ $said == "iresweep $version" ]] || { echo "--version says '$said', not 'iresweep $version'" >&2; exit 1; }
zcat "$prefix/share/man/man1/iresweep-scan.1.gz" | grep -F "IRESWEEP-SCAN 1" >/dev/null
# The trainer lies beside the program where there was a LibTorch to build it with.
if [[ -e $prefix/bin/iresweep-train ]]; then
  "$prefix/bin/iresweep" train fit --help | grep -F "Usage: iresweep train fit" >/dev/null
  zcat "$prefix/share/man/man1/iresweep-train-fit.1.gz" | grep -F "IRESWEEP-TRAIN-FIT 1" >/dev/null
fi
