#!/usr/bin/env bats
# Every form of FASTA, and what is none.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 20 100 900 > in.fa
  scan -q --report best in.fa > expected.bed
}

@test "plain, gzip, bgzip and standard input give the same bytes" {
  gzip -k in.fa
  bgzip -c in.fa > block.gz
  cat in.fa.gz > no_suffix
  for file in in.fa.gz block.gz no_suffix; do scan -q --report best $file | cmp - expected.bed; done
  scan -q --report best - < in.fa | cmp - expected.bed
  scan -q --report best - < in.fa.gz | cmp - expected.bed
  # shellcheck disable=SC2002 # a pipe is meant
  cat block.gz | scan -q --report best - | cmp - expected.bed
}

@test "case, U, line ends and line lengths do not matter" {
  sed '/^>/!s/T/u/g; /^>/!s/A/a/g' in.fa > rna.fa
  sed 's/$/\r/' in.fa > crlf.fa
  fold -w 60 in.fa > folded.fa
  awk '{ print } /^>/ { print "" }' in.fa > blank.fa
  for file in rna.fa crlf.fa folded.fa blank.fa; do scan -q --report best $file | cmp - expected.bed || fail $file; done
}

@test "several files are one stream, in the order given" {
  head -n 14 in.fa > first.fa
  tail -n +15 in.fa | gzip > second.fa.gz
  scan -q --report best first.fa second.fa.gz | cmp - expected.bed
  scan -q --report best first.fa - < second.fa.gz | cmp - expected.bed
}

@test "each IUPAC letter is scored as N" {
  for letter in R Y S W K M B D H V X n; do sed "/^>/!s/CC/$letter$letter/g" in.fa > $letter.fa; done
  sed '/^>/!s/CC/NN/g' in.fa > N.fa
  scan -q --report best N.fa > missing.bed
  for letter in R Y S W K M B D H V X n; do scan -q --report best $letter.fa | cmp - missing.bed || fail $letter; done
}

@test "names stay apart, in order; empty records give no row" {
  printf '>a\n%s\n>e\n>a\n%s\n>e2\n\n' "$(sed -n 2p in.fa)" "$(sed -n 4p in.fa)" > twice.fa
  run --separate-stderr scan --report best twice.fa
  assert_success
  assert_equal "$(grep -v '^#' <<< "$output" | cut -f 1)" "$(printf 'a\na')"
  [[ $stderr == *"empty"* ]]
}

@test "a record shorter than a window is padded and not called" {
  printf '>short\nACGTACGT\n' > short.fa
  run --separate-stderr scan --threshold 0.01 short.fa
  assert_equal "$(grep -vc '^#' <<< "$output")" 0
  run --separate-stderr scan -q --report best short.fa
  assert_equal "$(grep -v '^#' <<< "$output" | cut -f 2,3,15)" "$(printf '0\t8\t166')"
}

@test "what is no nucleotide FASTA is named, with file and line" {
  printf '@r\nACGT\n+\nIIII\n' > reads.fq
  printf '>p\nMKVLAAGIVGL\n' > protein.fa
  head -c 3000 /bin/ls > binary.fa
  : > empty.fa
  gzip -c in.fa | head -c 400 > cut.fa.gz
  bgzip -c in.fa | head -c -28 > no_end.fa.gz
  for file in reads.fq:FASTQ protein.fa:protein binary.fa: empty.fa:'no record' cut.fa.gz:'cut short' no_end.fa.gz:'cut short'; do
    run --separate-stderr scan -q -o hits.bed "${file%%:*}"
    one_line_error 1
    [[ $stderr == *"${file#*:}"*"${file%%:*}"* ]] || fail "$stderr"
    assert [ ! -e hits.bed ]
  done
}

@test "the nasty files get what nasty.tsv says" {
  shared data/nasty
  while IFS=$'\t' read -r file code rows words; do
    [[ $file != \#* ]] || continue
    run --separate-stderr scan -q --report best -o "$file.tsv" "$SHARED/$file"
    assert_equal "$file $status" "$file $code"
    if ((code == 0)); then
      assert_equal "$file $(($(wc -l < "$file.tsv") - 1)) $stderr" "$file $rows "
    else
      one_line_error "$code"
      [[ $stderr == *"$words"*"$file"* ]] || fail "$stderr"
      assert [ ! -e "$file.tsv" ]
    fi
  done < "$BATS_TEST_DIRNAME/nasty.tsv"
}

@test "nasty.tsv names every FASTA among the nasty files" {
  shared data/nasty
  for path in "$SHARED"/*.fa "$SHARED"/*.fasta "$SHARED"/*.fa.gz "$SHARED"/*.fq; do
    grep -q "^${path##*/}"$'\t' "$BATS_TEST_DIRNAME/nasty.tsv" || fail "${path##*/}"
  done
}
