#!/usr/bin/env bats
# The published program's own rows, from its own weights.

load common

setup() { prepare; }

@test "name, start and stop are the published ones, scores within 5e-6" {
  shared models/deepires/first
  local model=$SHARED
  for set in core.fa:core.csv 5utr.fa:utr.csv; do
    shared "goldens/${set%:*}"
    local fasta=$SHARED
    shared "goldens/${set#*:}"
    "$IRESWEEP" scan -q --model "$model" --report best -o out.csv "$fasta"
    python3 - out.csv "$SHARED" <<'PY'
import csv, sys
ours, theirs = ([*csv.reader(open(path))] for path in sys.argv[1:])
assert len(theirs) > 20 and len(ours) == len(theirs), (len(ours), len(theirs))
assert ours[0] == theirs[0], ours[0]
for mine, published in zip(ours[1:], theirs[1:]):
    assert (mine[0], mine[2:]) == (published[0], published[2:]), (mine, published)
    assert abs(float(mine[1]) - float(published[1])) <= 5e-6, (mine, published)
PY
  done
}

@test "a checkpoint and its conversion give the same bytes" {
  shared models/deepires/first
  local model=$SHARED
  shared goldens/core.fa
  "$IRESWEEP" model convert "$model" first.safetensors
  "$IRESWEEP" scan -q --model "$model" -o a.bed "$SHARED"
  "$IRESWEEP" scan -q --model first.safetensors -o b.bed "$SHARED"
  cmp a.bed b.bed
}
