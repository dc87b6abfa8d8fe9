#!/usr/bin/env bash
# Every C++ file is as clang-format leaves it. To mend: tools/check/format.sh --fix
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
mode=(--dry-run --Werror)
[[ ${1-} == --fix ]] && mode=(-i)
find include kernels host tools tests bench \( -name '*.cpp' -o -name '*.h' -o -name '*.cu' -o -name '*.cuh' \) -print0 | xargs -0 clang-format "${mode[@]}"
