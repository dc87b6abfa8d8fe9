#!/usr/bin/env bash
# Samples a whole scan, draws docs/flame-scan.svg and prints where the time of its CPUs went.
#   bench/flame/run.sh [FASTA]     default: kallisto's transcripts, 1,000 times
# Needs perf (Debian: linux-perf) with the right to sample, and the release preset's program.
set -euo pipefail
fasta=$(readlink -f "${1-/dev/null}")
cd "$(dirname "$(readlink -f "$0")")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if (($# == 0)); then
  fasta=$work/transcripts.fa
  example=$(tools/example-transcripts.sh)
  # Repeated in memory, each copy under names of its own.
  zcat "$example" | awk '{line[NR] = $0} END {for (copy = 1; copy <= 1000; ++copy) for (i = 1; i <= NR; ++i) {
    text = line[i]; sub(/^>/, ">" copy "_", text); print text}}' >"$fasta"
fi
scan=(build/release/tools/iresweep scan --quiet --no-progress -o "$work/hits.bed" --summary "$work/summary.json" "$fasta")
# The process's own clock, since virtual machines lack hardware counters. Stacks are unwound from copies of the stack.
perf record --quiet --event task-clock --freq 199 --call-graph dwarf,32768 --output "$work/perf.data" "${scan[@]}"
perf script --input "$work/perf.data" 2>/dev/null | bench/flame/draw.py --title "iresweep scan: CPU time by function" docs/flame-scan.svg
python3 - "$work/summary.json" <<'PYTHON'
import json, sys
facts = json.load(open(sys.argv[1], encoding="utf-8"))
print(f"{facts['counts']['windows']:,} windows, {facts['seconds']:.2f} s, {facts['device']}")
PYTHON
