#!/usr/bin/env bats
# Training as a user meets it, on made-up tables: what it writes, and every way to give it a bad table.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup() {
  [[ ${IRESWEEP_TRAINER-} ]] || skip "iresweep-train is not built: no LibTorch here, or a sanitizer"
  prepare
  # 96 windows in 16 groups; positives are rich in U.
  python3 - > table.tsv <<'PY'
import random
random.seed(4)
print("id\tsequence\tlabel\tgroup\torigin")
for i in range(96):
    letters = "ACGTTT" if i % 2 else "ACGGGT"
    print(f"w{i}\t{''.join(random.choices(letters, k=174))}\t{i % 2}\tg{i // 6}\t{'virus' if i < 48 else 'human'}")
PY
}

brief=(--batch 16 --epochs 1 --epoch-steps 3 --warmup 1)
train() { "$IRESWEEP" train "$@"; }

@test "one seed gives the same bytes twice, another seed others, and scan takes them" {
  train fit table.tsv "${brief[@]}" --log a.json -o a.safetensors
  train fit table.tsv "${brief[@]}" --log b.json -o b.safetensors
  cmp a.safetensors b.safetensors
  cmp a.json b.json
  train fit table.tsv "${brief[@]}" --seed 2 -o c.safetensors
  run ! cmp -s a.safetensors c.safetensors
  awk -F '\t' 'NR > 1 { print ">" $1 "\n" $2 }' table.tsv > windows.fa
  run --separate-stderr "$IRESWEEP" scan -q --model a.safetensors --report best windows.fa
  assert_success
  assert_equal "${#lines[@]}" 97
  run "$IRESWEEP" model show a.safetensors
  assert_output --partial "iresweep-train"
}

@test "cross-validation holds every row out once and writes a model a fold" {
  run --separate-stderr train cross-validate table.tsv "${brief[@]}" --folds 3 --log cv.json -o cv
  assert_success
  [[ $stderr == *"AUROC of 3 folds"* ]]
  "$IRESWEEP" evaluate -q --model cv.fold0.safetensors --model cv.fold1.safetensors --model cv.fold2.safetensors \
    --folds table.tsv
  python3 - <<'PY'
import json
log = json.load(open("cv.json"))
sizes = [[round["data"][part]["rows"] for part in ("training", "validation", "held_out")] for round in log["rounds"]]
assert len(sizes) == 3 and all(sum(size) == 96 for size in sizes), sizes
assert sum(size[2] for size in sizes) == 96, sizes
# Groups of 6 stay whole.
assert all(count % 6 == 0 for size in sizes for count in size), sizes
PY
}

@test "--where trains on a part" {
  train fit table.tsv --where origin=virus "${brief[@]}" --log part.json
  grep -q '"rows": 4[0-9]' part.json
}

# bad FAULT ARGUMENT...: the run fails with one line that says FAULT, and leaves nothing.
bad() {
  local fault=$1 before
  shift
  before=$(ls)
  run --separate-stderr train fit "$@" "${brief[@]}" --log new.json --checkpoint new.ckpt -o new.safetensors
  assert_failure 1
  assert_equal "$output" ""
  [[ ${stderr_lines[-1]} == "iresweep train: error: "*"$fault"*";"* ]] || fail "wanted '$fault', got $stderr"
  assert_equal "$(ls)" "$before"
}

@test "a bad table: what, where, how to mend it; nothing is written" {
  cut -f 1,3- table.tsv > bad.tsv
  bad "no column 'sequence'" bad.tsv
  cut -f 1,2,4- table.tsv > bad.tsv
  bad "no row of class 0" bad.tsv
  bad "no column 'cluster'" table.tsv --group-column cluster
  sed '5s/\t[01]\t/\t2\t/' table.tsv > bad.tsv
  bad "the label is 2 (bad.tsv, line 5)" bad.tsv
  sed '6s/\t[01]\t/\tyes\t/' table.tsv > bad.tsv
  bad "'yes' in column 'label'" bad.tsv
  sed '7s/\t\([ACGT]\)/\t\1\1/' table.tsv > bad.tsv
  bad "the sequence has 175 bases, a window has 174 (bad.tsv, line 7)" bad.tsv
  sed '8s/\t[ACGT]/\t/' table.tsv > bad.tsv
  bad "the sequence has 173 bases, a window has 174 (bad.tsv, line 8)" bad.tsv
  awk -F '\t' -v OFS='\t' '{ print $0, NR == 1 ? "fold" : NR % 5 }' table.tsv > bad.tsv
  bad "is in fold" bad.tsv
  awk -F '\t' 'NR == 1 || $3 == 1' table.tsv > bad.tsv
  bad "no row of class 0" bad.tsv
  : > bad.tsv
  bad "empty" bad.tsv
  bad "nowhere.tsv" nowhere.tsv
}

@test "a fold held out is scored and changes nothing else that it is not part of" {
  awk -F '\t' -v OFS='\t' '{ print $0, NR == 1 ? "fold" : int((NR - 2) / 6) % 4 }' table.tsv > folded.tsv
  train fit folded.tsv "${brief[@]}" --held-out-fold 2 --log held.json --scores held.tsv -o held.safetensors
  awk -F '\t' 'NR == 1 || $NF != 2' folded.tsv > without.tsv
  train fit without.tsv "${brief[@]}" -o without.safetensors
  awk -F '\t' '$NF == 2 { print ">" $1 "\n" $2 }' folded.tsv > held.fa
  "$IRESWEEP" scan -q --model without.safetensors --report best -o best.tsv held.fa
  python3 - <<'PY'
import csv
def rows(path): return list(csv.DictReader(open(path), delimiter="\t"))
held, best = rows("held.tsv"), rows("best.tsv")
assert [row["id"] for row in held] == [row["name"] for row in best] and len(held) == 24
assert all(row["label"] == str(int(row["id"][1:]) % 2) for row in held)
assert all(abs(float(a["score"]) - float(b["score"])) <= 1e-5 for a, b in zip(held, best))
PY
  run --separate-stderr train fit folded.tsv "${brief[@]}" --held-out-fold 0 --scores x.tsv
  assert_failure 1
  [[ $stderr == *"both validate and be held out"* ]]
  run --separate-stderr train fit folded.tsv --scores x.tsv
  assert_failure 2
}

@test "a loss that is no number stops the training; nothing is written" {
  awk -F '\t' -v OFS='\t' '{ print $0, NR == 1 ? "soft" : "3e38" }' table.tsv > bad.tsv
  bad "the loss is not a number" bad.tsv --soft-share 1 --soft-clamp 3e38
}

@test "help goes to standard output and names every default; wrong usage ends with 2" {
  for command in "" fit cross-validate targets; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr train $command --help
    assert_success
    assert_equal "$stderr" ""
    [[ $output == *"Usage: iresweep train"*Examples:*"Exit codes:"* ]]
  done
  run --separate-stderr train
  assert_failure 2
  local -a wrong=("bogus" "fit" "fit table.tsv --bogus" "fit table.tsv --schedule steep" "fit table.tsv --folds 0"
    "fit table.tsv --where origin" "fit table.tsv --architecture cnn -o x.safetensors" "targets table.tsv")
  for arguments in "${wrong[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr train $arguments
    assert_failure 2
    assert_equal "$output" ""
    [[ ${#stderr_lines[@]} == 1 && $stderr == "iresweep train: error: "*";"* ]] || fail "$arguments: $stderr"
  done
  assert_equal "$(ls)" table.tsv
}
