#!/usr/bin/env bash
# clang-tidy finds nothing: tools/check/tidy.sh [FILE.cpp...], by default every C++ file of the release preset but
# the trainer's: clang 14 cannot compile LibTorch's headers as C++20 with Debian's libstdc++ 12.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# All of them are read as they are compiled: several files of a folder as one, which includes them. Most of the time goes
# into headers, which are then read once.
folder=build/release options=() checks=--checks=-bugprone-suspicious-include
(($# == 0)) || folder=build/tidy options=(-B build/tidy -D CMAKE_UNITY_BUILD=OFF) checks=--checks=
cmake --preset release "${options[@]}" >/dev/null
files=("$@")
((${#files[@]})) || mapfile -t files < <(sed -n '/[\/_]train[\/.]/d; s/^ *"file": "\(.*\.c[px][px]\)".*/\1/p' "$folder/compile_commands.json")
((${#files[@]})) || { echo "$folder/compile_commands.json names no file"; exit 1; }
# One file a run: of unequal files none then waits behind another.
# What it counts in the headers of others is no finding.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$folder" --quiet "$checks" 2>&1 |
  sed '/^[0-9]* warnings\{0,1\} generated\.$/d'
echo "note: ${#files[@]} files or groups of files"
