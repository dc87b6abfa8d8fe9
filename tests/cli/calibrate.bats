#!/usr/bin/env bats
# `iresweep model calibrate` as a user meets it.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
bats_require_minimum_version 1.5.0

calibrate() { "$IRESWEEP" model calibrate --model "$MODEL" --windows 10000 --no-progress "$@"; }

setup_file() {
  export MODEL="$BATS_FILE_TMPDIR/model.safetensors"
  "$IRESWEEP_SEEDED_MODEL" "$MODEL"
  awk 'BEGIN {
    srand(5)
    for (i = 0; i < 20; ++i) {
      text = ""
      for (j = 0; j < 300 + 90 * i; ++j) text = text substr("ACGTT", 1 + int(5 * rand()), 1)
      if (i % 5 == 2) text = substr(text, 1, 250) "NN" substr(text, 260)
      printf ">t%d\n%s\n", i, text
    }
  }' > "$BATS_FILE_TMPDIR/transcripts.fa"
  export TRANSCRIPTS="$BATS_FILE_TMPDIR/transcripts.fa" FIRST="$BATS_FILE_TMPDIR/first"
  calibrate --threads 1 --summary "$FIRST.json" -o "$FIRST.safetensors" "$TRANSCRIPTS" > "$FIRST.txt"
}

setup() {
  bats_load_library bats-support
  bats_load_library bats-assert
  cd "$BATS_TEST_TMPDIR" || return
}

@test "a model gets a null table, and a scan then calls by it" {
  # Without a table a null rate cannot be asked for.
  run "$IRESWEEP" scan --model "$MODEL" --null-rate 0.01 "$TRANSCRIPTS"
  assert_failure 2
  assert_output --partial "model calibrate"

  run cat "$FIRST.txt"
  for part in 'null table' 'shuffled' 'as they are' 'reverse complement' 'by U content' '8 missing bases'; do
    assert_output --partial -- "$part"
  done
  run "$IRESWEEP" model show "$FIRST.safetensors"
  assert_success
  assert_output --partial "20 records, XXH3-128"
  assert_output --partial "by U content"
  python3 - "$FIRST.json" <<'PY'
import json, sys
rates = json.load(open(sys.argv[1]))
assert rates["windows"]["shuffled"] >= 10000
assert 0 < rates["rates_at_threshold"]["shuffled"] <= 0.001
assert sum(group["shuffled_windows"] for group in rates["by_u_content"]) == rates["windows"]["shuffled"]
PY
  run --separate-stderr "$IRESWEEP" scan --model "$FIRST.safetensors" --null-rate 0.2 -o hits.tsv "$TRANSCRIPTS"
  assert_success
  # p of every called window is at most the rate asked for.
  awk -F '\t' 'NR > 1 && !($6 > 0 && $6 <= 0.2) { exit 1 } END { exit NR < 2 }' hits.tsv
}

@test "the file does not depend on threads or batches, but on the seed" {
  calibrate --threads 3 --batch-windows 7 -o b.safetensors "$TRANSCRIPTS" > b.txt
  calibrate --seed 2 -o c.safetensors "$TRANSCRIPTS" > c.txt
  cmp b.txt "$FIRST.txt"
  cmp b.safetensors "$FIRST.safetensors"
  run ! cmp -s c.safetensors "$FIRST.safetensors"
}

@test "a model may be replaced by its calibrated self" {
  cp "$FIRST.safetensors" m.safetensors
  MODEL=m.safetensors calibrate -q -o m.safetensors "$TRANSCRIPTS" > again.txt
  cmp again.txt "$FIRST.txt"
  cmp m.safetensors "$FIRST.safetensors"
}

@test "transcripts without a window, damaged or missing ones: one line, and no file" {
  printf '>a\nACGT\n>b\nNNNN\n' > short.fa
  run --separate-stderr calibrate -q -o out.safetensors short.fa
  assert_failure 1
  assert_equal "${#stderr_lines[@]}" 1
  [[ $stderr == *"174 bases in a row"*"short.fa"* ]]
  printf '>a\nMKV*\n' > protein.fa
  run calibrate -q -o out.safetensors protein.fa
  assert_failure 1
  run calibrate -q -o out.safetensors nowhere.fa
  assert_failure 1
  run calibrate -q -o nowhere/out.safetensors "$TRANSCRIPTS"
  assert_failure 1
  assert [ ! -e out.safetensors ]
}

@test "wrong usage ends with 2" {
  local -a wrong=("$TRANSCRIPTS" "-o out.bed $TRANSCRIPTS" "-o out.safetensors" "-o out.safetensors -"
    "-o out.safetensors --windows 10 $TRANSCRIPTS" "-o out.safetensors --step 0 $TRANSCRIPTS"
    "-o out.safetensors --summary $TRANSCRIPTS $TRANSCRIPTS" "-o out.safetensors --summary out.safetensors $TRANSCRIPTS")
  for arguments in "${wrong[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr calibrate $arguments
    assert_failure 2
    assert_equal "$output" ""
    assert_equal "${#stderr_lines[@]}" 1
  done
  assert [ ! -e out.safetensors ]
}

@test "a signal ends it with the signal's code, and no file" {
  local code=0
  python3 "$BATS_TEST_DIRNAME/stop.py" TERM "$IRESWEEP" model calibrate --model "$MODEL" --windows 4000000000 \
    --no-progress -o out.safetensors "$TRANSCRIPTS" 2> err || code=$?
  assert_equal "$code" 143
  assert_equal "$(ls)" "err"
  grep -q SIGTERM err
}

@test "the help tells what is counted" {
  run "$IRESWEEP" model calibrate --help
  assert_success
  for word in Altschul --windows --summary 'U content' 'missing bases' 'Exit codes'; do
    assert_output --partial -- "$word"
  done
}
