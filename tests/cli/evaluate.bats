#!/usr/bin/env bats
# `iresweep evaluate` as a user meets it: forms of input, outputs, and every way to ask wrongly.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
bats_require_minimum_version 1.5.0

setup_file() {
  export MODEL="$BATS_FILE_TMPDIR/model.safetensors"
  "$IRESWEEP_SEEDED_MODEL" "$MODEL"
}

setup() {
  bats_load_library bats-support
  bats_load_library bats-assert
  cd "$BATS_TEST_TMPDIR" || return
  awk 'BEGIN {
    srand(3)
    for (i = 0; i < 24; ++i) {
      text = ""
      for (j = 0; j < 120 + 11 * i; ++j) text = text substr("ACGT", 1 + int(4 * rand()), 1)
      printf ">r%d|%d|\n%s\n", i, i % 3 == 0, text > "set.fa"
      print (i ? "" : "id\tsequence\tlabel\tfold\n") "r" i "\t" text "\t" (i % 3 == 0) "\t" i % 2 > "set.tsv"
      printf ">r%d\n%s\n", i, text > (i % 3 == 0 ? "positives.fa" : "negatives.fa")
    }
  }'
}

without_intervals() { sed 's/ \[.*//'; }

evaluate() { "$IRESWEEP" evaluate --model "$MODEL" "$@"; }

@test "FASTA, table and two files of one class give the same figures" {
  run --separate-stderr evaluate set.fa
  assert_success
  assert_line --partial "8 positive"
  assert_line --regexp '^AUROC +[01]\.[0-9]{4} \[[01]\.[0-9]{4}, [01]\.[0-9]{4}\]$'
  assert_line --regexp '^AUROC, equal lengths '
  assert_line --regexp '^AUROC of length alone '
  local fasta=$output
  run --separate-stderr evaluate set.tsv
  assert_output "$fasta"
  gzip -k set.tsv
  run --separate-stderr evaluate set.tsv.gz
  assert_output "$fasta"
  run --separate-stderr evaluate - < set.fa
  assert_output "$fasta"
  run --separate-stderr evaluate --positives positives.fa --negatives negatives.fa
  assert_success
  # Records stand in another order, and so the resamples differ.
  assert_equal "$(without_intervals <<< "$output")" "$(without_intervals <<< "$fasta")"
}

@test "results do not depend on threads or batches" {
  evaluate --threads 1 --json a.json --curves a set.fa > a.txt
  evaluate --threads 3 --batch-windows 2 --json b.json --curves b set.fa > b.txt
  cmp a.txt b.txt
  cmp a.json b.json
  cmp a.roc.svg b.roc.svg
  cmp a.pr.svg b.pr.svg
  python3 -c 'import json, sys; json.load(open(sys.argv[1]))' a.json
}

@test "models stand side by side, or as mean and deviation of folds" {
  cp "$MODEL" other.safetensors
  run --separate-stderr evaluate --model other.safetensors set.fa
  assert_success
  assert_line --partial "less the first's"
  assert_line --regexp 'model.safetensors +other.safetensors'
  run --separate-stderr evaluate --model other.safetensors --folds set.fa
  assert_success
  assert_line --regexp '^AUROC +[01]\.[0-9]{4} ± 0\.0000$'
}

@test "rows and columns of a table are chosen" {
  run --separate-stderr evaluate --where fold=0 set.tsv
  assert_success
  assert_line --partial "4 positive"
  assert_line --partial "12 left out by --where"
  sed '1s/.*/name\tseq\tires\tfold/' set.tsv > renamed.tsv
  run --separate-stderr evaluate --id-column name --sequence-column seq --label-column ires renamed.tsv
  assert_success
  sed 's/|\([01]\)|/__x__\1/' set.fa > fields.fa
  run --separate-stderr evaluate --label-field 3 --label-separator __ fields.fa
  assert_success
}

@test "labels that are missing or wrong are named with their place, and nothing is written" {
  sed 's/r5|0|/r5|2|/' set.fa > bad.fa
  run --separate-stderr evaluate --json x.json --curves x bad.fa
  assert_failure 1
  assert_equal "$output" ""
  assert_equal "${#stderr_lines[@]}" 1
  [[ $stderr == *"'2', neither 1 nor 0"*"bad.fa, record 6 'r5|2|'"* ]]
  assert [ ! -e x.json ] && assert [ ! -e x.roc.svg ]

  sed 's/r5|0|/r5/' set.fa > bad.fa
  run --separate-stderr evaluate bad.fa
  assert_failure 1
  [[ $stderr == *"no label"*"--skip-unlabelled"* ]]
  run --separate-stderr evaluate --skip-unlabelled bad.fa
  assert_success
  assert_line --partial "1 without a label passed over"

  sed '4s/\t[01]\t/\tyes\t/' set.tsv > bad.tsv
  run --separate-stderr evaluate bad.tsv
  assert_failure 1
  [[ $stderr == *"'yes'"*"bad.tsv, line 4"* ]]
}

@test "a class that is empty, a column that is not there, an empty file: one line each" {
  run --separate-stderr evaluate --positives positives.fa --negatives <(:)
  assert_failure 1
  awk -F '|' '/^>/ { one = $2 == 1 } one' set.fa > ones.fa
  run --separate-stderr evaluate ones.fa
  assert_failure 1
  [[ $stderr == *"no negative among the 8 records"* ]]
  run --separate-stderr evaluate --where fold=7 set.tsv
  assert_failure 1
  [[ $stderr == *"no positive"*"24 records were left out"* ]]
  run --separate-stderr evaluate --where chromosome=7 set.tsv
  assert_failure 1
  [[ $stderr == *"no column 'chromosome'"*"'fold'"* ]]
  : > empty.tsv
  run --separate-stderr evaluate empty.tsv
  assert_failure 1
  run --separate-stderr evaluate nowhere.fa
  assert_failure 1
}

@test "wrong usage ends with 2" {
  local -a wrong=("" "set.fa --folds" "--positives positives.fa" "set.fa --where fold" "set.fa --threshold 1"
    "set.fa --label-field 0" "set.fa --json set.fa" "set.fa --json -" "set.fa --resamples 1" "- -" "set.fa --step 0")
  for arguments in "${wrong[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr evaluate $arguments
    assert_failure 2
    assert_equal "$output" ""
    assert_equal "${#stderr_lines[@]}" 1
  done
}

@test "a folder that cannot be written to leaves all files unwritten" {
  mkdir there
  run --separate-stderr evaluate --json there/a.json --curves nowhere/a set.fa
  assert_failure 1
  assert_equal "$(ls there)" ""
}

@test "the help tells what labels and figures are" {
  run "$IRESWEEP" evaluate --help
  assert_success
  for word in --positives --where --folds --curves 'average precision' 'equal lengths' 'Exit codes'; do
    assert_output --partial -- "$word"
  done
}
