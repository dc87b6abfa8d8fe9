#!/usr/bin/env bats
# What is said to whom, and with which exit code.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 3 200 400 > in.fa
}

@test "help goes to standard output, with every subcommand, example and exit code" {
  run --separate-stderr "$IRESWEEP" --help
  assert_success
  assert_equal "$stderr" ""
  for word in scan model devices bench Examples 'Exit codes'; do assert_output --partial "$word"; done
  run --separate-stderr "$IRESWEEP" scan -h
  assert_success
  assert_equal "$stderr" ""
  for word in --output --summary --report --model --step --threshold --null-rate --max-missing --strand --name-until \
    --device --isa --threads --batch-windows --no-progress --quiet --verbose Examples 'Exit codes' iresScore; do
    assert_output --partial -- "$word"
  done
  for command in "model" "model show" "model convert" "devices"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr "$IRESWEEP" $command --help
    assert_success
    assert_output --partial "Usage: iresweep $command"
  done
}

@test "every option of scan names its default, and no line of help is long" {
  run "$IRESWEEP" scan --help
  assert_success
  # A paragraph an option: names, then text up to the next option or blank line.
  awk '/^$|^[A-Z]/ { flush(); text = "" } /^ +-/ { flush(); text = "" } { text = text " " $0 }
    function flush() { if (text ~ /^ +-[^h]/ && text !~ /Default:/) { print "no default: " text; bad = 1 } }
    length > 110 { print "long: " $0; bad = 1 }
    END { exit bad }' <<< "$output"
}

@test "the version is the first line and easy to cut" {
  run --separate-stderr "$IRESWEEP" --version
  assert_success
  assert_equal "$stderr" ""
  assert_line --index 0 --regexp '^iresweep [0-9]+\.[0-9]+\.[0-9]+$'
  assert_line --partial HTSlib
  assert_line --partial Highway
}

@test "without arguments: usage on standard error, 2" {
  run --separate-stderr "$IRESWEEP"
  assert_failure 2
  assert_equal "$output" ""
  [[ $stderr == *"Usage: iresweep"* ]]
}

@test "wrong usage ends with 2 and one line that names the help or the mend" {
  local -a wrong=(
    "bogus" "--bogus" "model" "model bogus" "model show x y" "model convert $MODEL" "model convert $MODEL x.h5" "devices x"
    "scan" "scan --model $MODEL" "scan --model $MODEL --bogus in.fa"
    "scan --model $MODEL --step 0 in.fa" "scan --model $MODEL --step -5 in.fa" "scan --model $MODEL --step 1.5 in.fa"
    "scan --model $MODEL --step 99999999999999999999 in.fa" "scan --model $MODEL --threads 0 in.fa"
    "scan --model $MODEL --batch-windows 0 in.fa" "scan --model $MODEL --max-missing 175 in.fa"
    "scan --model $MODEL --max-missing -1 in.fa" "scan --model $MODEL --threshold 0 in.fa"
    "scan --model $MODEL --threshold 1 in.fa" "scan --model $MODEL --threshold nan in.fa"
    "scan --model $MODEL --null-rate 2 in.fa" "scan --model $MODEL --threshold 0.5 --null-rate 0.1 in.fa"
    "scan --model $MODEL --report all in.fa" "scan --model $MODEL --strand 1 in.fa" "scan --model $MODEL -q -v in.fa"
    "scan --model $MODEL -o x.txt in.fa" "scan --model $MODEL -o in.fa in.fa" "scan --model $MODEL -o ./in.fa in.fa"
    "scan --model $MODEL --summary in.fa in.fa" "scan --model $MODEL -o x.bed --summary ./x.bed in.fa"
    "scan --model $MODEL --summary - in.fa" "scan --model $MODEL - -")
  for arguments in "${wrong[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr "$IRESWEEP" $arguments
    one_line_error 2
    [[ $stderr == *";"* ]] || fail "no mend: $stderr"
  done
  assert_equal "$(ls)" in.fa
}

@test "a link to an input is an input too" {
  ln -s in.fa link.bed
  run --separate-stderr scan -o link.bed in.fa
  one_line_error 2
  [[ $(head -c 1 in.fa) == ">" ]]
}

@test "--null-rate of a model without a null table tells how to make one; best needs neither" {
  run --separate-stderr scan --null-rate 0.01 in.fa
  one_line_error 2
  [[ $stderr == *"iresweep model calibrate"* ]]
  run --separate-stderr scan -q --report best in.fa
  assert_success
  assert_equal "$stderr" ""
}

@test "a model, an input, a device or an instruction set that is not there ends with 1" {
  local -a missing=("--model nowhere in.fa" "--model nowhere.safetensors in.fa" "--model in.fa in.fa"
    "--model $MODEL nowhere.fa" "--model $MODEL in.fa nowhere.fa" "--model $MODEL ."
    "--model $MODEL --device tpu in.fa" "--model $MODEL --isa mmx in.fa")
  for arguments in "${missing[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr "$IRESWEEP" scan -q $arguments
    one_line_error 1
  done
}

@test "results on standard output, all else on standard error; -q leaves errors only, -v says more" {
  run --separate-stderr scan --report best in.fa
  assert_success
  assert_equal "${#lines[@]}" 4
  assert_line --index 0 --partial '#chrom'
  [[ $stderr == *"device: cpu, "*"auto"* && $stderr == *"windows/s"* && $stderr == *"peak memory"* ]]
  local normal=${#stderr_lines[@]}
  run --separate-stderr scan -v --report best in.fa
  ((${#stderr_lines[@]} > normal))
  run --separate-stderr scan -q --report best in.fa
  assert_equal "$stderr" ""
  assert_equal "${#lines[@]}" 4
}

@test "a log holds no bar: no carriage return, no escape" {
  fasta 1 100000 100000 > long.fa
  "$IRESWEEP" scan --model "$MODEL" -o out.bed long.fa 2> log
  run grep -c $'[\r\033]' log
  assert_output 0
}

@test "a terminal gets a bar that is wiped at the end" {
  command -v script > /dev/null || skip "no script(1)"
  # Records keep coming until a bar is seen, so that no machine is too slow (or too fast) to draw one: a batch in a few
  # tries.
  for _ in {1..100}; do cat in.fa; done > many.fa
  cat > feed.sh <<'END'
for try in {1..600}; do
  cat many.fa
  grep -qs 'so far' log && exit
  sleep 0.1
done
END
  script -qefc "bash feed.sh | '$IRESWEEP' scan --model '$MODEL' -o out.bed -" log > /dev/null
  grep -q 'windows, .* windows/s, .* Mb/s, .* so far' log
  grep -q $'\r\033\\[K' log
}

@test "devices lists the instruction sets and marks one as chosen" {
  run --separate-stderr "$IRESWEEP" devices
  assert_success
  assert_equal "$stderr" ""
  assert_equal "$(grep -c 'usable, chosen' <<< "$output")" 1
  assert_line --regexp "^cuda: "
}
