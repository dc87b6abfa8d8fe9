#!/usr/bin/env bats
# What goes wrong outside: pipes, disks, folders, signals.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() {
  make_model
  fasta 1 1000000 1000000 > "$BATS_FILE_TMPDIR/long.fa"
  export LONG="$BATS_FILE_TMPDIR/long.fa"
}

setup() {
  prepare
  fasta 5 200 400 > in.fa
}

# Runs a scan that writes more than a pipe or a small disk holds.
much() { scan -q --step 3 --report windows --threshold 0.01 "$@" "$LONG"; }

@test "a reader that goes away: silence, and the end that other tools have" {
  local status=0
  (set -o pipefail; much -o - 2> err | head -n 1 > out) || status=$?
  assert_equal "$status" 141
  assert_equal "$(cat err)" ""
  assert_equal "$(wc -l < out)" 1
}

@test "names in a file neither break the line of an error nor steer the terminal" {
  python3 - <<'PY'
import json, struct
header = json.dumps({"__metadata__": {"format": "\x1b[2J\r\n\x7f"}}).encode()
open("odd.safetensors", "wb").write(struct.pack("<Q", len(header)) + header)
PY
  run --separate-stderr "$IRESWEEP" model show odd.safetensors
  one_line_error 1
  [[ $stderr == *"[2J"* && $stderr != *[[:cntrl:]]* ]]
}

@test "help and model show to a reader that went away" {
  (set +o pipefail; "$IRESWEEP" scan --help 2> err | true)
  (set +o pipefail; "$IRESWEEP" model show "$MODEL" 2>> err | true)
  assert_equal "$(cat err)" ""
}

@test "standard output that is full ends with 1" {
  [[ -c /dev/full ]] || skip "no /dev/full"
  for command in "--help" "--version" "devices" "model show $MODEL" "scan -q --model $MODEL in.fa"; do
    # shellcheck disable=SC2086 # words
    run "$IRESWEEP" $command > /dev/null
    assert_success
    # shellcheck disable=SC2016,SC2086 # the inner shell expands them; words
    run --separate-stderr bash -c '"$@" > /dev/full' - "$IRESWEEP" $command
    one_line_error 1
    [[ $stderr == *"No space left"* ]]
  done
}

@test "standard streams that are closed: what is written to them is no success" {
  run --separate-stderr bash -c '"$@" >&-' - "$IRESWEEP" scan -q --model "$MODEL" in.fa
  one_line_error 1
  run --separate-stderr bash -c '"$@" <&-' - "$IRESWEEP" scan -q --model "$MODEL" -
  one_line_error 1
  scan -q -o whole.bed in.fa
  scan --verbose -o hits.bed in.fa 0<&- 1>&- 2>&-
  cmp whole.bed hits.bed
}

@test "a file that outgrows its limit: one line, and no temporary file stays" {
  run --separate-stderr bash -c 'ulimit -f 64; "$@"' - "$IRESWEEP" scan -q --model "$MODEL" --step 3 --report windows \
    --threshold 0.01 -o hits.bed "$LONG"
  one_line_error 1
  [[ $stderr == *"File too large"*"ulimit -f"* ]]
  assert_equal "$(find . -name '*.tmp' -o -name hits.bed)" ""
}

@test "threads that the system refuses: one line that says what to do" {
  [[ -z ${IRESWEEP_SANITIZED-} ]] || skip "a sanitizer needs all addresses"
  # A thread's stack is as large as that of the process may be.
  run --separate-stderr bash -c 'ulimit -s 16000000 && ulimit -v 8000000 && "$@"' - "$IRESWEEP" scan -q \
    --model "$MODEL" in.fa
  one_line_error 1
  [[ $stderr == *"cannot start a thread: "*"--threads"*"ulimit -v"* ]]
}

@test "a full disk: one line, and nothing stays" {
  mkdir disk
  mount -t tmpfs -o size=32k tmpfs disk 2> /dev/null || skip "may not mount a tmpfs"
  for name in hits.bed hits.bed.gz hits.tsv; do
    run --separate-stderr much -o "disk/$name"
    local left
    left=$(ls -A disk)
    [[ $status == 1 && ${#stderr_lines[@]} == 1 && $stderr == *"No space left"*"disk/$name"* && ! $left ]] ||
      { umount disk; fail "$name: $status, '$stderr', left '$left'"; }
  done
  umount disk
}

@test "a folder that cannot be written to" {
  run --separate-stderr scan -q -o nowhere/hits.bed in.fa
  one_line_error 1
  run --separate-stderr scan -q -o in.fa/hits.bed in.fa
  one_line_error 1
  run --separate-stderr scan -q -o hits.bed --summary nowhere/run.json in.fa
  one_line_error 1
  mkdir locked
  chmod a-w locked
  if ((EUID == 0)); then
    mount -t tmpfs -o ro tmpfs locked 2> /dev/null || skip "root may write anywhere, and may not mount here"
  fi
  run --separate-stderr scan -q -o locked/hits.bed in.fa
  ((EUID != 0)) || umount locked
  one_line_error 1
}

# endless: a record whose end never comes; the program is stopped amid its work.
endless() { printf '>r\n'; tr '\0' C < /dev/zero | fold -w 1000; }

@test "a folder that is missing is noticed before anything is scored" {
  for option in "--summary nowhere/run.json" "--html-report nowhere/page.html" "--track nowhere/t --track-format bedgraph"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr timeout 60 "$IRESWEEP" scan -q --model "$MODEL" -o hits.bed $option - < <(endless)
    one_line_error 1
    [[ $stderr == *nowhere* ]]
  done
}

# stopped SIGNAL ARGS...: the end of a scan that gets a signal when it has begun; err has what it said.
stopped() {
  local signal=$1
  shift
  python3 "$BATS_TEST_DIRNAME/stop.py" "$signal" "$IRESWEEP" scan --model "$MODEL" --no-progress "$@" 2> err
}

@test "SIGINT, SIGTERM, SIGHUP and SIGXCPU end a scan; nothing stays but a word" {
  for signal in INT:130 TERM:143 HUP:129 XCPU:152; do
    local status=0
    stopped "${signal%:*}" -o hits.bed - < <(endless) || status=$?
    assert_equal "$status" "${signal#*:}"
    assert_equal "$(wc -l < err)" 2
    grep -q "stopped by SIG${signal%:*} (hits.bed); the file is not written" err
    assert_equal "$(ls -A)" "$(printf 'err\nin.fa')"
  done
}

@test "a scan that waits for its input can be stopped too" {
  local status=0
  mkfifo pipe
  sleep 900 > pipe &
  local writer=$!
  stopped TERM -o hits.bed - < pipe || status=$?
  kill "$writer"
  assert_equal "$status" 143
  grep -q SIGTERM err
  assert [ ! -e hits.bed ]
  assert_equal "$(find . -name '*hits*')" ""
}

@test "a signal that was set to be ignored stays ignored" {
  stopped ignored:INT --report best -o hits.bed -
  assert_equal "$(grep -vc '^#' hits.bed)" 1
}

@test "a stopped scan to standard output says that it is incomplete" {
  local status=0
  stopped TERM - < <(endless) > out || status=$?
  assert_equal "$status" 143
  grep -q 'standard output.*incomplete' err
}
