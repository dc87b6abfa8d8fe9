#!/usr/bin/env bash
# Every benchmark runs, for a moment: that it works, not how fast. Wants the release preset built. The frameworks that
# bench/peers compares with are not fetched here: of its scripts only what works without them is tested.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
mapfile -t programs < <(find build/release/bench -maxdepth 1 -type f -executable | sort)
((${#programs[@]})) || { echo "no benchmark was built"; exit 1; }
for program in "${programs[@]}"; do
  if [[ ${program##*/} == gpu_kernels ]]; then
    "$program" || (($? == 77)) || exit 1  # 77: there is no GPU
  else
    "$program" --benchmark_min_time=0.01
  fi
  echo "note: ${program##*/}"
done

python3 -m unittest discover --start-directory tests/bench --pattern '*_test.py'

results=$(mktemp)
trap 'rm -f "$results"' EXIT
cp bench/RESULTS.md "$results"
bench/growth/run.py --quick --results "$results"
grep -qF 'microseconds a window' "$results"

transcripts=$(mktemp --suffix .fa)
trap 'rm -f "$results" "$transcripts"' EXIT
printf '>r\n%s\n' "$(printf 'ACGTTGCAAC%.0s' {1..40})" >"$transcripts"
bench/variants/run.py --quick --results "$results" "$transcripts"
grep -qF 'microseconds an SNV' "$results"
