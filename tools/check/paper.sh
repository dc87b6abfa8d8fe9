#!/usr/bin/env bash
# The scripts of tools/paper: unit tests, then every experiment on a made table. That they work, not what they find. Wants the
# release preset built with the trainer, and PyPI for the libraries the first time.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

[[ -x build/release/tools/iresweep-train ]] || { echo "iresweep-train is not built: no LibTorch here"; exit 77; }
mkdir -p build/check
begin=$SECONDS
if ! tools/paper/run.sh install >build/check/paper-install.log 2>&1; then
  cat build/check/paper-install.log
  # A wrong pin is a fault of ours; a package index that does not answer is not.
  grep -qE 'Connection|Temporary failure|ProxyError|from versions: none' build/check/paper-install.log || exit 1
  echo "PyPI can't be reached"
  exit 77
fi
echo "note: libraries there after $((SECONDS - begin)) s"

begin=$SECONDS
PYTHONDONTWRITEBYTECODE=1 build/paper/venv/bin/python -m unittest discover --start-directory tests/paper --pattern '*_test.py'

smoke() {
  local experiment=$1 log=build/check/paper-$1.log
  tools/paper/run.sh "$experiment" --smoke >"$log" 2>&1 || { cat "$log"; return 1; }
  # The work folder holds a copy of the results page: its section must have been filled, with a figure beside it.
  local page=build/paper/smoke/$experiment/results.md
  if ! sed -n "/<!-- $experiment begins -->/,/<!-- $experiment ends -->/p" "$page" | grep -q 'made table.*no result' ||
    [[ ! -s build/paper/smoke/$experiment/paper/$experiment.svg ]]; then
    echo "$experiment: its section of $page is not filled, or it drew no figure"
    return 1
  fi
}
export -f smoke
# The longest first; xargs ends with an error if one of them does.
printf '%s\n' motifs published ablations origins search conventional |
  xargs -P "$(nproc)" -I {} bash -euo pipefail -c 'smoke {}'
echo "note: tests and smoke runs in $((SECONDS - begin)) s"
