#!/usr/bin/env bats
# The built-in model as a user meets it: nothing but the program and a FASTA.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup() {
  prepare
  fasta 40 300 900 > in.fa
}

@test "a scan without --model calls by the built-in model's null table" {
  run --separate-stderr "$IRESWEEP" scan --no-progress --null-rate 0.05 --summary run.json -o hits.bed in.fa
  assert_success
  [[ $stderr == *"composition alone would call"* ]]
  "$IRESWEEP" scan -q --model built-in --null-rate 0.05 -o named.bed in.fa
  cmp hits.bed named.bed
  python3 - <<'PY'
import json
run = json.load(open("run.json"))
assert run["model"]["name"] == "built-in" and run["model"]["null_table"], run["model"]
rows = [line.split("\t") for line in open("hits.bed")]
p = rows[0].index("p")
assert len(rows) > 1 and all(0 < float(row[p]) <= 0.05 for row in rows[1:]), rows
PY
  run grep -i deepires hits.bed run.json
  assert_failure 1
}

@test "the default threshold is what 0.1% of shuffled windows reach" {
  "$IRESWEEP" scan -q --summary standard.json in.fa > standard.bed
  "$IRESWEEP" scan -q --null-rate 0.001 in.fa > asked.bed
  cmp standard.bed asked.bed
  grep -q '"chosen": "default"' standard.json
  grep -q '"null_rate": 0.001' standard.json
}

@test "model show without a name shows the built-in model and its card" {
  run --separate-stderr "$IRESWEEP" model show
  assert_success
  assert_equal "$stderr" ""
  assert_line --regexp '^name +built-in$'
  assert_line --regexp '^null table +[0-9]{8,} windows'
  for fact in '1,915' 'AUROC' 'seeds' 'Limits' 'MIT' 'jchou03/DeepIRES' 'SongLab-at-NUAA/DeepIRES' \
    'Zhao J' 'bbae439' 'Weingarten-Gabbay S' 'aad4939'; do
    assert_output --partial "$fact"
  done
  local shown=$output
  run "$IRESWEEP" model show built-in
  assert_output "$shown"
  # A file carries the facts, the program the card.
  "$IRESWEEP" model convert built-in copy.safetensors
  run "$IRESWEEP" model show copy.safetensors
  assert_success
  [[ $shown == *"${output#*$'\n'}"* ]]
  refute_output --partial "Zhao J"
  "$IRESWEEP" model show --json | python3 -c 'import json, sys; assert "bbae439" in json.load(sys.stdin)["card"]'
}

@test "calibrate and evaluate take the built-in model, too" {
  awk '/^>/ { $0 = ">r" ++n "|" n % 2 "|" } 1' in.fa > set.fa
  run "$IRESWEEP" evaluate -q set.fa
  assert_success
  assert_output --partial built-in
  run "$IRESWEEP" model calibrate -q --windows 10000 -o new.safetensors in.fa
  assert_success
  assert_output --partial "null table"
}

@test "an empty --model is no wish for the default" {
  run --separate-stderr "$IRESWEEP" scan --model "" in.fa
  one_line_error 1
}

@test "the help says which model is the default, and nothing is named after the published one" {
  for command in scan evaluate "model calibrate" "model show"; do
    # shellcheck disable=SC2086 # words
    run "$IRESWEEP" $command --help
    assert_success
    [[ $(tr -s ' \n' ' ' <<< "$output") == *"Default: built-in"* ]] || fail "$command: no default"
  done
  run "$IRESWEEP" --help
  refute_output --partial DeepIRES
}
