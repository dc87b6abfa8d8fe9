#!/usr/bin/env bash
# clang-tidy finds nothing: tools/check/tidy.sh [FILE.cpp...], all files by default. Wants the release preset configured.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
database=build/release
[[ -e $database/compile_commands.json ]] || cmake --preset release
files=("$@")
((${#files[@]})) || mapfile -t files < <(find kernels host tools tests bench -name '*.cpp' -not -path 'tests/install/*')
# One file a run: of unequal files none then waits behind another.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p $database --quiet
echo "note: ${#files[@]} files"
