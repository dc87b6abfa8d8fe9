#!/usr/bin/env bash
# From a fresh clone to first hits: installs packages (as root, or by sudo), builds the scanner, scans real transcripts.
#   tools/quickstart.sh
# May be run again: what is there already is kept.
set -euo pipefail

case ${1-} in
  "") ;;
  -h | --help) sed -n '2,4s/^# //p' "$0"; exit ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
cd "$(dirname "$(readlink -f "$0")")/.."
scanner=build/tools/iresweep
examples=build/quickstart

echo "== 1/3 packages"
tools/install-packages.sh build

echo "== 2/3 build"
cmake -S . -B build --log-level=WARNING
cmake --build build --target iresweep --parallel "$(nproc)"
echo "built: $scanner"

echo "== 3/3 scan"
transcripts=$(tools/example-transcripts.sh)
$scanner scan -o $examples/hits.bed "$transcripts"
echo
echo "The first hits, of $(grep -vc '^#' $examples/hits.bed || true) in $examples/hits.bed:"
head -n 6 $examples/hits.bed
cat <<END

How to read them: a row is a stretch of a transcript (columns 1-3, first base 0, end not included) where overlapping
windows were called; thickStart-thickEnd is the best window, score 1000 times its score. A score is no probability.
p is the share of windows of shuffled transcripts that score as high: small is better than composition explains.
Your own: $scanner scan -o hits.bed YOUR.fa      All options: $scanner scan --help      The model: $scanner model show
END
