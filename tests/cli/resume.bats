#!/usr/bin/env bats
# Runs that were stopped or killed go on, and end as if nothing had happened.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() {
  make_model
  fasta "$(fewer 40 8)" 5000 15000 > "$BATS_FILE_TMPDIR/long.fa"
  export LONG="$BATS_FILE_TMPDIR/long.fa"
}

teardown() { umount disk 2> /dev/null || true; }

setup() {
  prepare
  cp "$LONG" in.fa
}

# Many small frames: the journal grows while the scan runs.
small() { scan --threshold 0.6 --strand both --step 10 --threads 1 --batch-windows 128 "$@" in.fa; }

# killed SIGNAL ARGS...: a scan that gets the signal when it has scored some; err has what it said.
killed() {
  local signal=$1
  shift
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 20000 "$signal" "$IRESWEEP" scan --model "$MODEL" --no-progress \
    --threshold 0.6 --strand both --step 10 --threads 1 --batch-windows 128 "$@" in.fa 2> err
}

@test "a killed run goes on: bgzip, index, tracks and counts are those of an undisturbed one" {
  mkdir a b
  scan -q --threshold 0.6 --strand both --step 10 --track a/t --summary a/run.json -o a/hits.bed.gz in.fa
  local status=0
  killed KILL --track b/t --summary b/run.json -o b/hits.bed.gz || status=$?
  assert_equal "$status" 137
  assert [ ! -e b/hits.bed.gz ]
  # Threads and batches may be others: the scores are the same.
  scan --threshold 0.6 --strand both --step 10 --threads 2 --track b/t --summary b/run.json --resume -o b/hits.bed.gz in.fa 2> log
  grep -Eq 'going on: [1-9][0-9]+ windows are scored already' log
  grep -Eq 'scored: .*; [1-9][0-9]+ of them by the run that this one went on with' log
  assert_equal "$(ls -A b)" "$(ls -A a)"
  for name in hits.bed.gz hits.bed.gz.tbi t.plus.bw t.minus.bw; do cmp "a/$name" "b/$name"; done
  python3 - <<'PY'
import json
a, b = json.load(open("a/run.json")), json.load(open("b/run.json"))
assert a["counts"] == b["counts"] and a["inputs"] == b["inputs"]
assert a["windows_of_an_earlier_run"] == 0 < b["windows_of_an_earlier_run"] < b["counts"]["windows"]
PY
}

@test "collapsed, sorted and best rows go on as well" {
  for options in "--report best" "--sort name" "--report windows"; do
    # shellcheck disable=SC2086 # words
    small -q $options -o whole.tsv
    # shellcheck disable=SC2086
    killed KILL $options -o hits.tsv || assert_equal "$?" 137
    # shellcheck disable=SC2086
    small -q $options --resume -o hits.tsv
    cmp whole.tsv hits.tsv
  done
}

@test "SIGINT and SIGTERM: the command that goes on is told, and does" {
  small -q -o whole.bed
  for signal in INT:130 TERM:143; do
    local status=0
    killed "${signal%:*}" -o hits.bed || status=$?
    assert_equal "$status" "${signal#*:}"
    assert [ ! -e hits.bed ]
    local told
    told=$(sed -n 's/.*stopped by SIG.* (hits.bed); the file is not written; to go on: //p' err)
    [[ $told == "iresweep scan --resume --model "* ]] || fail "told '$told'"
    eval "$(dirname "$IRESWEEP")/$told" 2> log
    grep -q 'going on' log
    cmp whole.bed hits.bed
    rm hits.bed
  done
}

@test "--resume without a journal begins anew, whatever stands under the name: rows do not tell what they were made with" {
  local now="--threshold 0.7 --strand both"
  mkdir a b
  # shellcheck disable=SC2086 # words
  scan -q $now --track a/t -o a/hits.bed.gz in.fa
  scan -q --threshold 0.5 --track b/t -o b/hits.bed.gz in.fa
  rm b/hits.bed.gz.tbi
  touch -d '-1 hour' in.fa
  # shellcheck disable=SC2086
  scan $now --resume --track b/t -o b/hits.bed.gz in.fa 2> log
  grep -q 'b/hits.bed.gz is there, but not what it was made with: it is made anew' log
  assert_equal "$(ls -A b)" "$(ls -A a)"
  for name in hits.bed.gz hits.bed.gz.tbi t.plus.bw t.minus.bw; do cmp "a/$name" "b/$name"; done
  "$IRESWEEP" scan -q --resume -o b/hits.bed.gz in.fa
  "$IRESWEEP" scan -q -o a/hits.bed.gz in.fa
  cmp a/hits.bed.gz b/hits.bed.gz
}

@test "a run that was killed before its first word goes on as itself, not as what stands under the name" {
  scan -q --threshold 0.5 -o hits.bed in.fa
  scan -q --threshold 0.9 -o whole.bed in.fa
  local status=0
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 0 KILL "$IRESWEEP" scan -q --model "$MODEL" --threshold 0.9 -o hits.bed in.fa ||
    status=$?
  assert_equal "$status" 137
  scan -q --threshold 0.9 --resume -o hits.bed in.fa
  cmp whole.bed hits.bed
  assert_equal "$(find . -name '*journal*')" ""
}

@test "a journal whose beginning is damaged: it is said that scores are lost" {
  small -q -o whole.bed
  killed KILL -o hits.bed || assert_equal "$?" 137
  printf '\377' | dd of=hits.bed.journal bs=1 seek=70 conv=notrunc status=none
  small --resume -o hits.bed 2> log
  grep -q 'hits.bed.journal: its beginning is damaged' log
  cmp whole.bed hits.bed
}

@test "another run is not gone on with, and it is said what differs" {
  killed KILL -o hits.bed || assert_equal "$?" 137
  cp hits.bed.journal kept
  run --separate-stderr scan -q --threshold 0.6 --strand both --step 20 --resume -o hits.bed in.fa
  one_line_error 1
  [[ $stderr == *"--step was 10 and is 20"* ]]
  run --separate-stderr small -q --resume --max-missing 5 -o hits.bed
  one_line_error 1
  [[ $stderr == *"--max-missing was not given and is 5"* ]]
  run --separate-stderr "$IRESWEEP" scan -q --threshold 0.6 --strand both --step 10 --resume -o hits.bed in.fa
  one_line_error 1
  [[ $stderr == *"--model was "*" and is not given"* ]]
  cp "$MODEL" same-name.safetensors
  MODEL=same-name.safetensors killed KILL -o other.bed || assert_equal "$?" 137
  "$IRESWEEP" model convert built-in same-name.safetensors
  MODEL=same-name.safetensors run --separate-stderr small -q --resume -o other.bed
  one_line_error 1
  [[ $stderr == *"the model was "* ]]
  touch -d '-1 hour' in.fa
  run --separate-stderr small -q --resume -o hits.bed
  one_line_error 1
  [[ $stderr == *"in.fa was "*" bytes, changed "* ]]
  cmp kept hits.bed.journal
}

@test "an input of the same size and time but other bases or names is noticed" {
  killed KILL -o hits.bed || assert_equal "$?" 137
  touch -r in.fa stamp
  cp in.fa kept.fa
  for change in '2s/^./N/' '1s/r0/x0/'; do
    sed "$change" kept.fa > in.fa
    touch -r stamp in.fa
    run --separate-stderr small -q --resume -o hits.bed
    one_line_error 1
    [[ $stderr == *"the input is not the one"* ]]
    assert [ ! -e hits.bed ]
  done
}

@test "without --resume a run begins anew, and says what it drops" {
  small -q -o whole.bed
  killed KILL -o hits.bed || assert_equal "$?" 137
  small -o hits.bed 2> log
  grep -Eq 'windows that an unfinished run has scored are dropped; --resume would go on' log
  cmp whole.bed hits.bed
  assert_equal "$(find . -name '*journal*' -o -name '*.tmp')" ""
}

@test "two runs cannot write one output" {
  mkfifo pipe
  scan -q -o hits.bed - < pipe 2> first &
  local one=$!
  exec 9> pipe
  until [[ -e hits.bed.journal ]]; do sleep 0.05; kill -0 "$one"; done
  run --separate-stderr scan -q -o hits.bed in.fa
  exec 9>&-
  wait "$one" || true
  one_line_error 1
  [[ $stderr == *"another run is writing this output"* ]]
  assert [ ! -e hits.bed.journal ]
}

@test "--resume is for files that are read and written by name" {
  run --separate-stderr scan -q --resume in.fa
  one_line_error 2
  run --separate-stderr scan -q --resume -o /dev/null in.fa
  one_line_error 2
  run --separate-stderr scan -q --resume -o hits.bed -
  one_line_error 2
}

@test "a file of another kind where the journal belongs stays" {
  echo mine > hits.bed.journal
  run --separate-stderr small -q -o hits.bed
  one_line_error 1
  assert_equal "$(cat hits.bed.journal)" mine
  mkdir other.bed.journal
  run --separate-stderr small -q -o other.bed
  one_line_error 1
  [[ $stderr == *"a folder stands where the journal belongs (other.bed.journal)"* ]]
}

@test "a full disk costs what was not scored yet" {
  mkdir disk
  mount -t tmpfs -o size=1m tmpfs disk 2> /dev/null || skip "may not mount a tmpfs"
  head -c 700000 /dev/zero > disk/ballast
  much() { scan --step 10 --report windows --threshold 0.01 --threads 1 --batch-windows 128 "$@" in.fa; }
  run --separate-stderr much -q -o disk/hits.bed
  local told=$stderr left
  left=$(ls -A disk)
  rm -f disk/ballast
  much -q -o whole.bed
  mount -o remount,size=100m disk
  much --resume -o disk/hits.bed 2> log || true
  cmp whole.bed disk/hits.bed || told="differs: $told"
  umount disk
  [[ $told == *"No space left"*"--resume then goes on"* && $left == *hits.bed.journal* ]] || fail "'$told', left '$left'"
  grep -q 'going on' log
}
