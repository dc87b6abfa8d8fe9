#!/usr/bin/env bash
# Every benchmark runs, for a moment: that it works, not how fast. Wants the release preset built.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
mapfile -t programs < <(find build/release/bench -maxdepth 1 -type f -executable | sort)
((${#programs[@]})) || { echo "no benchmark was built"; exit 1; }
for program in "${programs[@]}"; do
  "$program" --benchmark_min_time=0.01
  echo "note: ${program##*/}"
done
