# What the tests of the program share. $IRESWEEP is the program, $IRESWEEP_SEEDED_MODEL writes a model from a seed,
# $IRESWEEP_SPLICE the transcripts of a genome as FASTA. $IRESWEEP_FAULTS, where no sanitizer stands in its place, is the library that makes
# calls fail (tests/faults/preload.cpp).
# shellcheck shell=bash
bats_require_minimum_version 1.5.0

# For setup_file: $MODEL has no null table; about half of its scores exceed 0.6.
make_model() {
  export MODEL="$BATS_FILE_TMPDIR/model.safetensors"
  "$IRESWEEP_SEEDED_MODEL" "$MODEL"
}

# For setup: every test has a folder of its own to work in.
prepare() {
  bats_load_library bats-support
  bats_load_library bats-assert
  mkdir "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work" || return
}

scan() { "$IRESWEEP" scan --model "$MODEL" --no-progress "$@"; }

# fewer N M: N of something; M in a build with a sanitizer, which takes ten times as long for each.
fewer() { if [[ -n ${IRESWEEP_SANITIZED-} ]]; then echo "$2"; else echo "$1"; fi; }

# fasta RECORDS LEAST MOST [SEED]: random records of LEAST to MOST bases.
fasta() {
  python3 - "$@" <<'PY'
import random, sys
records, least, most = map(int, sys.argv[1:4])
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
for record in range(records):
    print(f">r{record} made up\n" + "".join(random.choices("ACGT", k=random.randint(least, most))))
PY
}

# shared FILE: its path in ../shared, in $SHARED; the test is skipped where it is not.
shared() {
  SHARED="${IRESWEEP_SHARED:-$BATS_TEST_DIRNAME/../../../shared}/$1"
  [[ -e $SHARED || -e $SHARED.index ]] || skip "no ../shared/$1"
}

# one_line_error CODE: the last run ended with CODE, wrote nothing to stdout and one line to stderr.
# shellcheck disable=SC2154 # bats sets stderr, stderr_lines
one_line_error() {
  [[ $status == "$1" && -z $output && ${#stderr_lines[@]} == 1 && $stderr == "iresweep: error: "* ]] ||
    fail "wanted exit code $1 and one line of error; got $status, '$output' and '$stderr'"
}
