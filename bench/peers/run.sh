#!/usr/bin/env bash
# Compares iresweep with ONNX Runtime, PyTorch and TensorFlow: scores, then speed, on the same cores in one run.
#   bench/peers/run.sh [--model PATH] [--fasta FILE] [--quick] [OPTION...]     --help lists them all
# Needs PyPI and about 7 GB the first time: the frameworks go into build/peers/venv. Under 12 minutes on two idle cores.
# Fills in the section of bench/RESULTS.md; all figures are in build/peers/work/peers.json.
set -euo pipefail
options=()
fasta=
for option; do
  # Paths are meant as seen from where the user stands.
  case ${before-} in
    --fasta) fasta=$(readlink -m "$option") option=$fasta ;;
    --model | --build | --work | --results) option=$(readlink -m "$option") ;;
  esac
  options+=("$option")
  before=$option
done
cd "$(dirname "$(readlink -f "$0")")/../.."
venv=build/peers/venv

if ! cmp -s bench/peers/requirements.txt $venv/installed.txt; then
  echo "== the frameworks, from PyPI" >&2
  python3 -m venv $venv
  $venv/bin/pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
  cp bench/peers/requirements.txt $venv/installed.txt
fi

if [[ " ${options[*]} " != *" --build "* ]]; then
  echo "== iresweep" >&2
  cmake -S . -B build/bench -DCMAKE_BUILD_TYPE=Release -DIRESWEEP_BENCH=ON --log-level=WARNING
  cmake --build build/bench --target iresweep score_windows --parallel "$(nproc)" >&2
fi

if [[ ! $fasta && " ${options[*]} " != *" --help "* ]]; then
  options+=(--fasta "$(tools/example-transcripts.sh)")
fi
exec $venv/bin/python -m bench.peers.run "${options[@]}"
