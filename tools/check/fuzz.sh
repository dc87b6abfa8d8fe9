#!/usr/bin/env bash
# libFuzzer's harnesses under asan and ubsan: tools/check/fuzz.sh [--seconds N | --minutes N] [HARNESS...]
# N is for each harness; 8 seconds by default. The corpus stays in build/fuzz/corpus, and later runs go on from it; what
# is found stays in build/fuzz/findings. Compiled are the parts that read files, by clang-16.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
seconds=8
case ${1-} in
  --seconds) seconds=$2; shift 2 ;;
  --minutes) seconds=$((60 * $2)); shift 2 ;;
esac
harnesses=("$@")
((${#harnesses[@]})) || mapfile -t harnesses < <(sed -n 's/^iresweep_fuzz(\([a-z0-9_]*\).*/\1/p' tests/fuzz/CMakeLists.txt)

mkdir -p build
cmake --preset fuzz >build/fuzz-configure.log 2>&1 || { cat build/fuzz-configure.log; exit 1; }
cmake --build --preset fuzz --parallel "$(nproc)"

# A file may make the program ask for what it holds and for no more: buffers and tables of fixed sizes are within these.
export limits="-max_len=8192 -rss_limit_mb=1024 -malloc_limit_mb=32 -timeout=10"
export seconds TMPDIR=/tmp
[[ ! -w /dev/shm ]] || TMPDIR=/dev/shm

fuzz() {
  local name=$1 place=build/fuzz
  local corpus=$place/corpus/$name log=$place/$name.log
  mkdir -p "$corpus" "$place/seeds/$name" "$place/findings"
  "$place/tests/fuzz/fuzz_$name" --seeds "$place/seeds/$name"
  # shellcheck disable=SC2086 # words
  "$place/tests/fuzz/fuzz_$name" $limits -max_total_time="$seconds" -print_final_stats=1 \
    -artifact_prefix="$place/findings/$name-" "$corpus" "$place/seeds/$name" >"$log" 2>&1 || {
    echo "note: $name: a finding"
    tail -n 40 "$log"
    return 1
  }
  local done_ coverage
  done_=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  echo "note: $name: $done_ executions, $coverage edges, $(find "$corpus" -type f | wc -l) inputs kept, nothing found"
}
export -f fuzz
export ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=16 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
printf '%s\n' "${harnesses[@]}" | xargs -P "$(nproc)" -I {} bash -euo pipefail -c 'fuzz {}'
