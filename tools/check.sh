#!/usr/bin/env bash
# Checks the project. Core parts by default; --all adds the rest; or name the parts.
#   tools/check.sh [--all | PART...]
# Installs the Debian packages that the parts need (as root, or by sudo). Each part writes build/check/PART.log.
# A part is a command: exit 0 passed, 77 skipped (its last line says why), anything else failed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

core=(
  "structure  python3 tools/check/structure.py"
  "scripts    tools/check/scripts.sh"
  "format     tools/check/format.sh"
  "build      tools/check/build.sh release"
  "tests      tools/check/tests.sh release"
)
further=(
  "install    tests/install/run.sh build/release"
  "asan       tools/check/sanitizer.sh asan"
  "tsan       tools/check/sanitizer.sh tsan"
  "tidy       tools/check/tidy.sh"
  "neon       tools/check/neon.sh"
  "cuda       tools/check/cuda.sh"
  "big        tools/check/big.sh"
  "faults     tests/faults/faults.py --most 60"
  "repeats    tests/faults/repeats.py --runs 30"
  "fuzz       tools/check/fuzz.sh"
  "kills      tests/faults/kill_runs.py build/release/tools/iresweep"
  "bench      tools/check/bench.sh"
  "count      bench/instructions/count.py"
  "paper      tools/check/paper.sh"
  "deb        tools/check/deb.sh"
  "container  tools/check/container.sh"
  "cluster    tests/cluster/workflow.py build/release"
  "clone      tools/chroot-proof.sh --first"
)

groups=(build test)
parts=("${core[@]}")
if [[ ${1-} == -h || ${1-} == --help ]]; then
  sed -n '2,5s/^# //p' "$0"
  printf 'core:\n'; printf '  %s\n' "${core[@]}"
  printf 'with --all:\n'; printf '  %s\n' "${further[@]}"
  exit
elif [[ ${1-} == --all && $# == 1 ]]; then
  groups+=(train deb proof)
  parts+=("${further[@]}")
elif (($#)); then
  groups+=(deb proof)
  parts=()
  for name in "$@"; do
    part=$(printf '%s\n' "${core[@]}" "${further[@]}" | grep "^$name ") || { echo "$0: no part '$name'; --help lists them" >&2; exit 2; }
    parts+=("$part")
  done
fi

logs=build/check
mkdir -p $logs
passed=0 failed=0 skipped=0

run() {
  local name=$1 begin=$SECONDS log=$logs/$1.log status=0
  shift
  printf '== %-10s ' "$name"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  case $status in
    0) passed=$((passed + 1)); printf 'passed' ;;
    77) skipped=$((skipped + 1)); printf 'SKIPPED: %s' "$(tail -n 1 "$log")" ;;
    *) failed=$((failed + 1)); printf 'FAILED (status %d)' "$status" ;;
  esac
  printf '  %d s\n' $((SECONDS - begin))
  sed -n 's/^note: /   /p' "$log"
  ((status == 0 || status == 77)) || { tail -n 60 "$log" | sed 's/^/   | /'; echo "   all of it: $log"; }
}

tools/install-packages.sh "${groups[@]}"
for part in "${parts[@]}"; do
  read -ra words <<<"$part"
  run "${words[@]}"
done
echo "$((SECONDS / 60)) min $((SECONDS % 60)) s in all"
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
