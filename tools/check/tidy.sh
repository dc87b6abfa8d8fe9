#!/usr/bin/env bash
# clang-tidy finds nothing: tools/check/tidy.sh [FILE.cpp...], by default every C++ file of the release preset.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
cmake --preset release >/dev/null
files=("$@")
((${#files[@]})) || mapfile -t files < <(sed -n 's/^ *"file": "\(.*\.cpp\)".*/\1/p' build/release/compile_commands.json)
((${#files[@]})) || { echo "build/release/compile_commands.json names no file"; exit 1; }
# One file a run: of unequal files none then waits behind another.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p build/release --quiet
echo "note: ${#files[@]} files"
