#!/usr/bin/env bats
# Scans in parts: joined, they have the bytes of the scan in one run.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 12 10 9000 > in.fa
}

# parts N ARGS...: N parts of a scan, PART.part each, by batches of other sizes.
parts() {
  local of=$1 k
  shift
  for ((k = 1; k <= of; ++k)); do
    scan -q --shard "$k/$of" --threads 1 --batch-windows $((100 * k)) -o "$k.part" "$@"
  done
}

merge() { "$IRESWEEP" merge -q "$@"; }

@test "bgzip, index, tracks, page and counts are those of one run" {
  local options="--threshold 0.6 --strand both --step 10"
  mkdir a b
  # shellcheck disable=SC2086 # words
  scan -q $options --track a/t --summary a/run.json --html-report a/page.html -o a/hits.bed.gz in.fa
  # shellcheck disable=SC2086
  parts 3 $options in.fa
  merge --track b/t --summary b/run.json --html-report b/page.html -o b/hits.bed.gz 2.part 3.part 1.part
  assert_equal "$(ls -A b)" "$(ls -A a)"
  for name in hits.bed.gz hits.bed.gz.tbi t.plus.bw t.minus.bw; do cmp "a/$name" "b/$name"; done
  assert_equal "$(ls -A)" "$(printf '%s\n' 1.part 2.part 3.part a b in.fa)"
  python3 - <<'PY'
import json
a, b = json.load(open("a/run.json")), json.load(open("b/run.json"))
own = ("command", "threads", "seconds", "windows_per_second", "peak_memory_bytes", "device")
assert {k: v for k, v in a.items() if k not in own} == {k: v for k, v in b.items() if k not in own}
assert b["windows_of_an_earlier_run"] == 0
PY
}

@test "rows of every kind are those of one run, in more parts than records" {
  for options in "--report best" "--report windows --sort name --threshold 0.6" "--strand - --threshold 0.6" \
    "--circular --strand both --threshold 0.6 --track-line mine"; do
    # shellcheck disable=SC2086 # words
    scan -q $options -o whole.bed in.fa
    # shellcheck disable=SC2086
    parts 13 $options in.fa
    merge -o parts.bed ./*.part
    cmp whole.bed parts.bed
    assert [ "$(wc -l < whole.bed)" -gt 5 ]
  done
}

@test "transcripts of a genome, collapsed, and regions" {
  printf '>c\n%s\n>d\n%s\n' "$(fasta 1 6000 6000 | sed 1d)" "$(fasta 1 3000 3000 2 | sed 1d)" > genome.fa
  {
    printf 'c\tx\texon\t101\t1400\t.\t+\t.\tgene_id "g"; transcript_id "t%s";\n' 1 2
    printf 'd\tx\texon\t201\t2400\t.\t-\t.\tgene_id "h"; transcript_id "t3";\n'
  } > genes.gtf
  for options in "--annotation genes.gtf --collapse --strand both" "--regions c:100-2000,d"; do
    # shellcheck disable=SC2086 # words
    scan -q --threshold 0.6 $options -o whole.bed genome.fa
    # shellcheck disable=SC2086
    parts 3 --threshold 0.6 $options genome.fa
    merge -o parts.bed ./*.part
    cmp whole.bed parts.bed
    assert [ "$(wc -l < whole.bed)" -gt 1 ]
  done
}

@test "parts are joined from any folder, to standard output as well" {
  scan -q --threshold 0.6 in.fa > whole.bed
  parts 2 --threshold 0.6 in.fa
  mkdir elsewhere
  (cd elsewhere && merge -o here.bed ../?.part && merge ../?.part > there.bed)
  cmp whole.bed elsewhere/here.bed
  cmp whole.bed elsewhere/there.bed
}

@test "a part that was killed goes on; one that is finished stays" {
  fasta 40 5000 15000 > in.fa
  parts 2 --threshold 0.6 --step 10 in.fa
  mv 2.part whole.part
  local status=0
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 20000 KILL "$IRESWEEP" scan --model "$MODEL" --no-progress --threshold 0.6 \
    --step 10 --threads 1 --batch-windows 128 --shard 2/2 -o 2.part in.fa 2> err || status=$?
  assert_equal "$status" 137
  run --separate-stderr merge -o hits.bed 1.part 2.part.journal
  one_line_error 1
  [[ $stderr == *"part 2 of 2 is not whole"* ]]
  run --separate-stderr scan -q --resume --threshold 0.6 --step 10 --shard 1/2 -o 2.part in.fa
  one_line_error 1
  [[ $stderr == *"--shard was 2/2 and is 1/2"* ]]
  scan --resume --threshold 0.6 --step 10 --shard 2/2 -o 2.part in.fa 2> log
  grep -q 'going on' log
  cp -p 2.part before.part
  scan --resume --threshold 0.6 --step 10 --shard 2/2 -o 2.part in.fa 2> log
  grep -q 'nothing is left to do' log
  assert_equal "$(stat -c %y 2.part)" "$(stat -c %y before.part)"
  merge -o hits.bed 1.part 2.part
  merge -o whole.bed 1.part whole.part
  cmp whole.bed hits.bed
  assert_equal "$(find . -name '*journal*')" ""
}

@test "a finished part of another run is not taken for this one's" {
  parts 2 --threshold 0.6 in.fa
  cp 1.part before.part
  refused() {
    local words=$1
    shift
    run --separate-stderr scan -q --resume "$@" -o 1.part in.fa
    one_line_error 1
    [[ $stderr == *"the part is finished, and one of another run: $words"* ]] || fail "$stderr"
    cmp before.part 1.part
  }
  refused "--shard was 1/2 and is 2/2" --shard 2/2 --threshold 0.6
  refused "--threshold was 0.6 and is 0.9" --shard 1/2 --threshold 0.9
  cp "$MODEL" kept.safetensors
  local before=$MODEL
  MODEL=kept.safetensors refused "--model was $before and is kept.safetensors" --shard 1/2 --threshold 0.6
  # A run that is killed while it counts was to replace the part.
  local status=0
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 0 KILL "$IRESWEEP" scan -q --model "$MODEL" --threshold 0.9 --shard 1/2 \
    -o 1.part in.fa || status=$?
  assert_equal "$status" 137
  scan -q --resume --threshold 0.9 --shard 1/2 -o 1.part in.fa
  scan -q --threshold 0.9 --shard 1/2 -o anew.part in.fa
  cmp anew.part 1.part
  touch -d '2001-01-01' in.fa
  run --separate-stderr scan -q --resume --threshold 0.9 --shard 1/2 -o 1.part in.fa
  one_line_error 1
  [[ $stderr == *"in.fa was "* ]]
}

@test "a part that is replaced while it is joined, from another folder too, is noticed" {
  local options="--report windows --threshold 0.01 --step 3"
  # shellcheck disable=SC2086 # words
  parts 2 $options in.fa
  "$IRESWEEP" model convert built-in other.safetensors
  # shellcheck disable=SC2086
  MODEL=other.safetensors scan -q $options --shard 2/2 --threads 1 --batch-windows 200 -o other.part in.fa
  for folder in . elsewhere; do
    mkdir -p "$folder"
    mkfifo "$folder/pipe.bed"
    cp 2.part last.part
    local paths
    paths=$(realpath --relative-to "$folder" 1.part last.part)
    # shellcheck disable=SC2086
    (cd "$folder" && exec "$IRESWEEP" merge -q -o pipe.bed $paths) 2> err &
    local merging=$! status=0
    exec 9< "$folder/pipe.bed"
    head -c 1 <&9 > /dev/null  # the parts are known by now; the rest does not fit the pipe
    cp other.part last.part
    cat <&9 > rest
    exec 9<&-
    wait "$merging" || status=$?
    assert_equal "$status" 1
    grep -q 'changed while.*last.part' err || fail "$(cat err)"
  done
}

@test "parts of inputs that differ in the names of records alone are not joined" {
  mkdir f1 f2
  cp in.fa f1
  sed 's/^>r11/>x11/' in.fa > f2/in.fa
  touch -r f1/in.fa f2/in.fa
  (cd f1 && scan -q --threshold 0.6 --shard 1/2 -o ../1.part in.fa)
  (cd f2 && scan -q --threshold 0.6 --shard 2/2 -o ../2.part in.fa)
  run --separate-stderr merge -o hits.bed 1.part 2.part
  one_line_error 1
  [[ $stderr == *"the input is not the one"* ]]
  # The same file in two folders, as on two machines, is one input.
  cp -p f2/in.fa f1
  (cd f1 && scan -q --threshold 0.6 --shard 1/2 -o ../1.part in.fa)
  merge -o hits.bed 1.part 2.part
  (cd f2 && scan -q --threshold 0.6 in.fa) | cmp hits.bed -
}

@test "a journal of an unfinished scan that a merge drops is told of" {
  parts 2 --threshold 0.6 --step 2 in.fa
  local status=0
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 20000 KILL "$IRESWEEP" scan -q --model "$MODEL" --threshold 0.6 --step 2 \
    --threads 1 --batch-windows 128 -o hits.bed in.fa || status=$?
  assert_equal "$status" 137
  "$IRESWEEP" merge -o hits.bed 1.part 2.part 2> log
  grep -Eq 'hits.bed.journal: [0-9]+ windows that an unfinished run has scored are dropped' log
  assert [ ! -e hits.bed.journal ]
}

@test "with standard error closed messages do not go into the part" {
  scan -q --threshold 0.6 --step 2 in.fa > whole.bed
  parts 2 --threshold 0.6 --step 2 in.fa
  local status=0
  python3 "$BATS_TEST_DIRNAME/kill_at.py" 20000 KILL "$IRESWEEP" scan -q --model "$MODEL" --threshold 0.6 --step 2 \
    --threads 1 --batch-windows 128 --shard 2/2 -o closed.part in.fa || status=$?
  assert_equal "$status" 137
  scan --verbose --resume --threshold 0.6 --step 2 --shard 2/2 -o closed.part in.fa 2>&-
  merge -o hits.bed 1.part closed.part
  cmp whole.bed hits.bed
}

@test "parts that are missing, doubled, foreign or cut are refused, and so is another input" {
  parts 3 --threshold 0.6 in.fa
  refused() {
    local words=$1
    shift
    run --separate-stderr merge -o hits.bed "$@"
    one_line_error 1
    [[ $stderr == *"$words"* ]] || fail "$stderr"
    assert [ ! -e hits.bed ]
  }
  refused "1 of 3 parts is missing: 2" 1.part 3.part
  refused "part 2 of 3 is given twice" 1.part 2.part 3.part 2.part
  refused "no part of a scan" 1.part in.fa
  refused "No such file" 1.part none.part
  head -c -1 2.part > cut.part
  refused "part 2 of 3 is not whole" 1.part cut.part 3.part
  scan -q --threshold 0.5 --shard 2/3 -o other.part in.fa
  refused "--threshold was 0.6 and is 0.5" 1.part other.part 3.part
  scan -q --threshold 0.6 --shard 2/4 -o other.part in.fa
  refused "it is one of 4, not of 3" 1.part other.part 3.part
  touch -d '2001-01-01' in.fa
  refused "not of the inputs and the program that are here now: in.fa was" 1.part 2.part 3.part
  rm in.fa
  refused "in.fa" 1.part 2.part 3.part
}

@test "wrong usage of parts" {
  run --separate-stderr scan -q --shard 4/3 -o x.part in.fa
  one_line_error 2
  run --separate-stderr scan -q --shard 1/3 -o hits.bed in.fa
  one_line_error 2
  run --separate-stderr scan -q --shard 1/3 in.fa
  one_line_error 2
  run --separate-stderr scan -q --shard 1/3 --summary run.json -o x.part in.fa
  one_line_error 2
  [[ $stderr == *"iresweep merge"* ]]
  run --separate-stderr scan -q --shard 1/3 -o x.part - < in.fa
  one_line_error 2
  parts 1 in.fa
  run --separate-stderr merge -o 1.part 1.part
  one_line_error 2
  run --separate-stderr merge
  one_line_error 2
}
