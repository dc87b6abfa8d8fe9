#!/usr/bin/env bash
# Checks and measures the CUDA engine on a machine with a GPU.
#   tools/gpu-check.sh [--build FOLDER]                builds, runs here; the table also goes to bench/results
#   tools/gpu-check.sh --pack FOLDER [--build FOLDER]  builds, packs what a bare machine without a network needs (< 60 MB)
#   tools/gpu-check.sh --run FOLDER                    runs what was packed (as FOLDER/run.sh does), in under 9 minutes
# --build: a build folder that is there already, with tests and benchmarks; default build/gpu, which is built.
# Results are in $OUT, if that is set, else in build/gpu/results or FOLDER/results: gpu-check.txt (the table),
# gpu-check.log (what every step said), bench.json. They are written anew after each step.
# Exit code 0: all passed; 1: something failed; 77: SKIPPED, there is no GPU.
set -euo pipefail
self=$(readlink -f "$0")
usage() { sed -n '2,10s/^# //p' "$self"; }
action=check folder='' build=build/gpu
if [[ -d ${self%/*}/bin ]]; then
  action=run folder=${self%/*}
fi
while (($#)); do
  case $1 in
    -h | --help) usage; exit ;;
    --pack | --run) action=${1#--} folder=$(readlink -m "${2:?}"); shift 2 ;;
    --build) build=$(readlink -m "${2:?}"); shift 2 ;;
    *) usage >&2; exit 2 ;;
  esac
done

programs=(tools/iresweep tests/test_engine bench/gpu_kernels)
transcripts=human_transcripts.fa.gz

build() {
  if [[ $build == build/gpu ]]; then
    cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DIRESWEEP_CUDA=ON -DIRESWEEP_TESTS=ON -DIRESWEEP_BENCH=ON \
      -DIRESWEEP_TRAIN=OFF --log-level=WARNING
    cmake --build "$build" --parallel "$(nproc)" --target iresweep test_engine gpu_kernels
  fi
  for program in "${programs[@]}"; do
    [[ -x $build/$program ]] || { echo "$build/$program is not there: build with IRESWEEP_CUDA, _TESTS and _BENCH" >&2; exit 1; }
  done
}

# Into $folder: bin; lib, and libc with its loader, for a machine whose own are too old; source (goldens); shared (scores,
# weights and transcripts, where they are at hand); run.sh.
pack() {
  local shared=${IRESWEEP_SHARED:-../shared} program library size
  [[ ! -e $folder || -e $folder/run.sh ]] || { echo "$folder is there and holds something else" >&2; exit 2; }
  rm -rf "$folder"
  mkdir -p "$folder"/{bin,lib,libc,source/tests,shared/models}
  for program in "${programs[@]}"; do
    install -s "$build/$program" "$folder/bin/"
    while read -r library; do
      case ${library##*/} in
        ld-linux* | lib[cm].so* | libdl.so* | librt.so* | libpthread.so*) install -m 755 "$library" "$folder/libc/" ;;
        *) install -m 644 "$library" "$folder/lib/" ;;
      esac
    done < <(ldd "$build/$program" | grep -o '/[^ ]*')
  done
  cp -r tests/goldens "$folder/source/tests/"
  if [[ -d $shared/goldens ]]; then cp -rL "$shared/goldens" "$folder/shared/"; fi
  if [[ -d $shared/models/deepires ]]; then cp -rL "$shared/models/deepires" "$folder/shared/models/"; fi
  if [[ -e $shared/data/human_transcripts/$transcripts ]]; then cp -L "$shared/data/human_transcripts/$transcripts" "$folder/shared/"; fi
  install -m 755 "$self" "$folder/run.sh"
  git describe --always --dirty >"$folder/commit"
  chmod -R u+w "$folder"
  size=$(du -sm "$folder" | cut -f 1)
  echo "packed: $folder, $size MB"
  ((size < 60)) || { echo "that is more than 60 MB" >&2; exit 1; }
}

# Where a cuDNN lies that the loader does not know, with the libraries beside it: CUDA's folders, or Python's packages.
cudnn_folders() {
  local found folder
  found=$(timeout 20 find /usr/local /usr/lib /opt -name libcudnn.so.9 -print -quit 2>/dev/null) || true
  [[ $found ]] || return 0
  folder=${found%/*}
  printf '%s' "$folder"
  for found in "$folder"/../../*/lib; do
    if [[ $folder == */nvidia/cudnn/lib && -d $found ]]; then printf ':%s' "$found"; fi
  done
}

# wrap PROGRAM: $work/bin/NAME runs it with the packed libraries, by the packed loader where the machine's is too old.
wrap() {
  local name=${1##*/} run=$1 path="\${cudnn:+:\$cudnn}\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
  if [[ $action == check ]]; then
    run="LD_LIBRARY_PATH=\$cudnn\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH} $1"
  elif LD_LIBRARY_PATH=$folder/lib "$folder/bin/iresweep" --version >/dev/null 2>&1; then
    run="LD_LIBRARY_PATH=$folder/lib$path $1"
  else
    run="$folder/libc/ld-linux-x86-64.so.2 --library-path $folder/lib:$folder/libc$path $1"
  fi
  printf '#!/bin/sh\n%s "$@"\n' "$run" >"$work/bin/$name"
  chmod +x "$work/bin/$name"
}

# step NAME SECONDS COMMAND...: runs it, within the time, and says how it went and how long it took.
failed=0 status=0 no_gpu=''
readonly last_second=530
step() {
  local name=$1 limit=$2 begin=$SECONDS result
  shift 2
  ((limit < last_second - SECONDS)) || limit=$((last_second - SECONDS))
  status=0
  if [[ $no_gpu ]]; then
    status=77
    echo "$no_gpu" >"$work/$name.log"
  elif ((limit < 1)); then
    status=124
    : >"$work/$name.log"
  else
    timeout --kill-after=5 "$limit" bash -c '"$@"' bash "$@" >"$work/$name.log" 2>&1 </dev/null || status=$?
  fi
  case $status in
    0) result=passed ;;
    77) result="SKIPPED: $(tail -n 1 "$work/$name.log")" ;;
    124 | 137) failed=1 result="FAILED: not done in $limit s" ;;
    *) failed=1 result="FAILED (status $status): $(tail -n 1 "$work/$name.log" | cut -c 1-200)" ;;
  esac
  printf '%-10s %4d s  %s\n' "$name" $((SECONDS - begin)) "$result" | tee -a "$work/steps"
  { echo "== $name: $result"; cat "$work/$name.log"; } >>"$results/gpu-check.log"
  report
}

devices() {
  local list
  list=$(iresweep devices)
  echo "$list"
  grep -q '^  cuda:.*usable$' <<<"$list" || { echo "no GPU that this build can use: $(sed -n 's/^ *cuda:[0-9]* *//p' <<<"$list" | tail -n 1)"; return 77; }
}

# A filter that matches nothing is no pass.
tests() {
  test_engine --gtest_brief=1 "--gtest_filter=$1" | tee "$work/tests"
  grep -q '^\[  PASSED  \] [1-9]' "$work/tests"
}

# A few windows of several shapes: the tool makes kernels hundreds of times slower. Without cuDNN, which is not ours.
sanitize() {
  local tool output
  tool=$(command -v compute-sanitizer || find /usr/local/cuda*/ /opt/nvidia -name compute-sanitizer -type f -print -quit 2>/dev/null) || true
  [[ $tool ]] || { echo "no compute-sanitizer on this machine"; return 77; }
  output=$(cudnn='' "$tool" --target-processes all --tool "$1" --error-exitcode 1 "$work/bin/test_engine" \
    --gtest_filter='*/EngineTest.BlocksOfMissingBases/cuda_*:*/EngineTest.WritesNothingBeyondItsWindows/cuda_*' 2>&1) || {
    echo "$output"
    [[ $output != *"Device not supported"* ]] || return 77
    return 1
  }
  echo "$output"
}

# The rows of a GPU and of a CPU are the same, but for the last digits of the score and of p, which is read off it.
same_rows() {
  local device
  for device in cpu cuda; do
    iresweep scan --no-progress --device $device --strand both --report windows -o "$work/$device.bed" "$fasta"
    cut -f 10,11 --complement "$work/$device.bed" >"$work/$device.rows"
  done
  wc -l "$work/cpu.rows"
  cmp "$work/cpu.rows" "$work/cuda.rows"
}

# Transcripts, real or made up, and enough of them for seconds of reading (names may repeat).
inputs() {
  if [[ ! -e $fasta ]]; then
    awk 'BEGIN { srand(1); for (r = 0; r < 8000; ++r) { s = ""
      for (i = 0; i < 1900; ++i) s = s substr("ACGT", 1 + int(4 * rand()), 1); print ">r" r "\n" s } }' >"$fasta"
  fi
  for _ in {1..16}; do cat "$fasta"; done >"$large"
}

cudnn_works() {
  if [[ ! $cudnn ]] && ! ldconfig -p 2>/dev/null | grep -q 'libcudnn\.so\.9'; then
    echo "no cuDNN on this machine"
    return 77
  fi
  iresweep bench -q --device cuda --conv cudnn --repeats 1 --seconds 0.01
}

report() {
  local name
  {
    echo "iresweep $commit, tools/gpu-check.sh, $(date -u +%F)"
    sed -n '/^cuda/,$p' "$work/devices.log"
    timeout 10 nvidia-smi --query-gpu=name,driver_version,clocks.max.sm,memory.total --format=csv,noheader 2>/dev/null || true
    printf '\n'
    cat "$work/steps"
    for name in kernels bench step1 cpu; do
      if [[ -s $work/$name.log && ! $no_gpu ]]; then printf '\n%s\n' "$name"; cat "$work/$name.log"; fi
    done
  } >"$results/gpu-check.part"
  mv "$results/gpu-check.part" "$results/gpu-check.txt"
  if [[ -e $work/bench.json ]]; then cp "$work/bench.json" "$results/"; fi
}

run() {
  local source program gpu convs=direct
  SECONDS=0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  if [[ $action == check ]]; then
    commit=$(git describe --always --dirty) source=$build results=${OUT:-$build/results}
    IRESWEEP_SHARED=${IRESWEEP_SHARED:-$(readlink -m ../shared)}
    fasta=$IRESWEEP_SHARED/data/human_transcripts/$transcripts
  else
    commit=$(<"$folder/commit") source=$folder results=${OUT:-$folder/results}
    IRESWEEP_SHARED=$folder/shared IRESWEEP_SOURCE=$folder/source
    programs=("${programs[@]/#*\//bin/}")
    export IRESWEEP_SOURCE
    fasta=$IRESWEEP_SHARED/$transcripts
  fi
  mkdir -p "$work/bin" "$results"
  rm -f "$results"/{gpu-check.txt,gpu-check.log,bench.json}
  cudnn=$(cudnn_folders)
  for program in "${programs[@]}"; do wrap "$(readlink -f "$source/$program")"; done
  [[ -e $fasta ]] || fasta=$work/made_up.fa
  large=$work/large.fa
  if [[ $fasta == *.gz ]]; then large+=.gz; fi
  PATH=$work/bin:$PATH
  export PATH work fasta large cudnn IRESWEEP_SHARED
  export -f devices tests sanitize same_rows inputs cudnn_works

  step devices 20 devices
  if ((status)); then no_gpu=$(tail -n 1 "$work/devices.log"); fi
  step cudnn 30 cudnn_works
  if ((status == 0)); then convs+=,cudnn; fi
  step engine 100 tests '*cuda_*:GpuTest.AgreesWithTheCpu'
  step streams 30 tests 'GpuTest.EveryStreamGivesTheSameBits'
  step memory 20 tests 'GpuTest.OutOfMemory*'
  step memcheck 50 sanitize memcheck
  step racecheck 50 sanitize racecheck
  step inputs 10 inputs
  step rows 40 same_rows
  step kernels 40 gpu_kernels
  step bench 80 iresweep bench -q --device cuda --conv "$convs" --json "$work/bench.json" "$large"
  step step1 20 iresweep bench -q --device cuda --conv "$convs" --step 1 --seconds 0.3
  step cpu 40 iresweep bench -q --device cpu --repeats 3 "$fasta"
  echo "results: $results"
  if [[ $no_gpu ]]; then exit $((failed ? 1 : 77)); fi
  if [[ $action == check ]]; then
    gpu=$(sed -n '/^  cuda:/{s/^ *cuda:[0-9]* *//;s/,.*//;s/[^A-Za-z0-9]/-/g;p;q}' "$work/devices.log")
    mkdir -p bench/results
    cp "$results/gpu-check.txt" "bench/results/$gpu-$(date -u +%F).txt"
  fi
  exit $failed
}

case $action in
  check) cd "${self%/*}/.." && build && run ;;
  pack) cd "${self%/*}/.." && build && pack ;;
  run)
    [[ -x $folder/bin/iresweep ]] || { echo "$folder holds no bin/iresweep: pack first" >&2; exit 2; }
    run
    ;;
esac
