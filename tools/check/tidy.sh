#!/usr/bin/env bash
# clang-tidy finds nothing: tools/check/tidy.sh [FILE.cpp...], by default every C++ file of the release preset but
# the trainer's: clang 14 cannot compile LibTorch's headers as C++20 with Debian's libstdc++ 12.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
cmake --preset release >/dev/null
files=("$@")
((${#files[@]})) || mapfile -t files < <(sed -n '/\/train\/[^/]*$/d; s/^ *"file": "\(.*\.cpp\)".*/\1/p' build/release/compile_commands.json)
((${#files[@]})) || { echo "build/release/compile_commands.json names no file"; exit 1; }
# One file a run: of unequal files none then waits behind another.
# What it counts in the headers of others is no finding.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p build/release --quiet 2>&1 |
  sed '/^[0-9]* warnings\{0,1\} generated\.$/d'
echo "note: ${#files[@]} files"
