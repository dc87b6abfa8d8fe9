#!/usr/bin/env bash
# From a fresh clone to first hits: installs packages (as root, or by sudo), builds the scanner, scans real transcripts.
#   tools/quickstart.sh [--model PATH]
# May be run again: what is there already is kept.
set -euo pipefail

usage="usage: tools/quickstart.sh [--model PATH]   PATH: *.safetensors, or the prefix of a TensorFlow checkpoint"
model=
case $#:${1-} in
  0:) ;;
  1:-h | 1:--help) echo "$usage"; exit ;;
  2:--model) model=$(readlink -m "$2") ;;
  *) echo "$usage" >&2; exit 2 ;;
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
if [[ ! $model ]]; then
  echo "No model is built in yet: tools/quickstart.sh --model PATH scans with yours (*.safetensors, or the prefix of a TensorFlow checkpoint)."
  exit
fi
package=$(awk '$1 == "data" {print $2}' tools/packages.txt)
transcripts=$examples/usr/share/doc/kallisto/test/transcripts.fasta.gz
if [[ ! -e $transcripts ]]; then
  # Unpacked by hand: slim images tell dpkg to drop /usr/share/doc, where the file lies.
  mkdir -p $examples
  (cd $examples && apt-get -qq -o APT::Sandbox::User=root download "$package" && dpkg-deb -x "$package"_*.deb .)
fi
$scanner scan --model "$model" -o $examples/hits.bed $transcripts
echo
echo "The first hits, of $(grep -vc '^#' $examples/hits.bed || true) in $examples/hits.bed:"
head -n 6 $examples/hits.bed
cat <<END

How to read them: a row is a stretch of a transcript (columns 1-3, first base 0, end not included) where overlapping
windows were called; thickStart-thickEnd is the best window, score 1000 times its score. A score is no probability.
Your own: $scanner scan --model $model -o hits.bed YOUR.fa      All options: $scanner scan --help
END
