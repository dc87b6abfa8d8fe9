#!/usr/bin/env bats
# `iresweep explain` as a user meets it: outputs that agree with each other and with scans of the changed sequences.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 6 174 700 > in.fa
}

explain() { "$IRESWEEP" explain --model "$MODEL" --no-progress "$@"; }

# What other programs read of it: explain.py COMMAND, by Debian's Python, which has numpy and pyBigWig.
check() {
  /usr/bin/python3 -c 'import numpy, pyBigWig' 2> /dev/null || skip "no numpy or pyBigWig"
  /usr/bin/python3 "$BATS_TEST_DIRNAME/explain.py" "$@"
}

@test "table, arrays and tracks hold the same values, at the best windows of a scan" {
  explain -q --deletions 3 --track t -o x.tsv in.fa
  explain -q --deletions 3 --track t --track-format bedgraph -o x.npz in.fa
  scan -q --report best -o best.tsv in.fa
  check same x.tsv x.npz t best.tsv
}

@test "mutagenesis is a scan of every changed sequence" {
  explain -q --methods mutagenesis --deletions 4 -o x.npz in.fa
  check mutants x.npz > mutants.fa
  scan -q --report best -o mutants.tsv mutants.fa
  check compare x.npz mutants.tsv
}

@test "hits of a genome: plain and spliced rows, both strands, on their place" {
  fasta 2 3000 3000 7 > genome.fa
  scan -q --strand both --report windows --threshold 0.6 -o hits.bed genome.fa
  printf 'r0\t100\t900\tspliced\t0\t-\t240\t660\t0\t3\t200,60,300\t0,300,500\n' > two.bed
  head -n 9 hits.bed >> two.bed
  explain -q --genome genome.fa --track t -o x.npz two.bed
  explain -q --genome genome.fa -o x.tsv.gz two.bed
  check placed x.npz genome.fa two.bed t
  assert_equal "$(zcat x.tsv.gz | tail -n +2 | wc -l)" "$((9 * 174))"
}

@test "a scan without hits: files all the same" {
  printf '#chrom\tstart\tend\n' > none.bed
  explain -q --genome in.fa --track t --svg x.svg --html x.html -o x.tsv none.bed
  explain -q --genome in.fa -o x.npz none.bed
  assert_equal "$(wc -l < x.tsv)" 1
  assert [ ! -e x.svg ]
  assert [ ! -e x.html ]
  check empty x.npz t
}

@test "bytes do not depend on threads and batches" {
  fasta 3 "$(fewer 900 260)" "$(fewer 1500 400)" 3 > more.fa
  explain -q --windows all --step 40 --threads 1 --svg a.svg --track a -o a.tsv more.fa
  explain -q --windows all --step 40 --threads 3 --batch-windows 13 --svg b.svg --track b -o b.tsv more.fa
  explain -q --windows all --step 40 --threads 1 -o a.npz more.fa
  explain -q --windows all --step 40 --threads 3 --batch-windows 100 -o b.npz - < more.fa
  for name in svg tsv npz gradcam.plus.bw gradient.plus.bw attention.plus.bw mutagenesis.plus.bw; do
    cmp a.$name b.$name
  done
  python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' a.svg
  assert_equal "$(explain -q --windows all --step 40 more.fa | cmp - a.tsv && echo same)" same
}

@test "methods are chosen; columns, arrays and tracks follow" {
  explain -q --methods attention,gradcam --track t --svg x.svg -o x.tsv in.fa
  assert_equal "$(head -n 1 x.tsv)" "$(printf 'window\tname\tscore\tcontig\tposition\tstrand\tbase\tgradcam\tattention')"
  assert_equal "$(echo t.*)" "t.attention.plus.bw t.gradcam.plus.bw"
  run grep -c substitution x.svg
  assert_output 0
}

# Checks page.html against x.tsv and all.tsv, a scan's windows of the same sequence.
check_page() {
  python3 "$BATS_TEST_DIRNAME/explain_page.py" "$@"
}

@test "the page's numbers are those of the table and of a scan" {
  fasta 3 "$(fewer 900 260)" "$(fewer 1500 400)" 3 > more.fa
  explain -q --step 7 --deletions 2 --html page.html --svg x.svg -o x.tsv more.fa
  scan -q --step 7 --threshold 0.000001 --report windows -o all.tsv more.fa
  check_page numbers page.html x.tsv all.tsv
  # The picture in it is that of --svg.
  python3 -c 'assert open("x.svg").read() in open("page.html").read()'
  explain -q --step 7 --threads 3 --batch-windows 13 --windows all --deletions 2 --html all.html -o all_windows.tsv more.fa
  cmp <(sed -n '/id="data"/,/<\/script>/p' page.html) <(sed -n '/id="data"/,/<\/script>/p' all.html)
  # On the minus strand of a genome, where positions descend, and with a gap, whose windows have no score.
  { printf '>gap\n'; printf 'N%.0s' {1..300}; grep -v '>' more.fa | head -n 1; } > gap.fa
  printf 'gap\t0\t550\tevil</script>\t0\t-\n' > gap.bed
  explain -q --step 7 --deletions 2 --genome gap.fa --html page.html -o x.tsv gap.bed
  check_page numbers page.html x.tsv
  explain -q --methods attention --html few.html -o few.tsv more.fa
  check_page numbers few.html few.tsv
}

@test "of a scan's hit the page shows the scores along the whole row, where that is asked for" {
  fasta 1 3000 3000 7 > genome.fa
  scan -q --strand both --threshold 0.6 -o hits.bed genome.fa
  explain -q --genome genome.fa --html thick.html -o thick.tsv hits.bed
  check_page numbers thick.html thick.tsv
  grep -q -- '--rows whole' thick.html
  explain -q --genome genome.fa --rows whole --html whole.html -o whole.tsv hits.bed
  check_page numbers whole.html whole.tsv
  run ! grep -q -- 'id="one-window"' whole.html
  # The best window of a row at the step of the scan is its thick part.
  cmp thick.tsv whole.tsv
  python3 - << 'PY'
import json
thick, whole = (json.loads(open(name).read().split('id="data">')[1].split("</script>")[0]) for name in ("thick.html", "whole.html"))
rows = [line.split("\t") for line in open("hits.bed") if line[0] != "#"]
assert len(thick["profile"]["start"]) == 1
assert whole["length"] in {int(row[2]) - int(row[1]) for row in rows} and whole["length"] > 174 and len(whole["profile"]["start"]) > 1
PY
}

@test "the page lets nothing run but its own script, and shows no more than it can" {
  { printf '>%s\n' '"></script><script>alert(1)</script><img/src=http://x/y>&amp;'; grep -v '>' in.fa | head -n 1; } > evil.fa
  explain -q --html page.html -o x.tsv evil.fa
  check_page locked page.html
  fasta 1 50400 50400 > long.fa
  run --separate-stderr explain -q --methods attention --step 1 --html long.html -o long.tsv long.fa
  one_line_error 1
  assert [ ! -e long.html ] && assert [ ! -e long.tsv ]
}

@test "in a browser the page tells scores and substitutions where it is pointed at, and zooms" {
  command -v chromium > /dev/null || skip "no chromium"
  fasta 1 1500 1500 3 > one.fa
  explain -q --step 5 --html page.html -o x.tsv one.fa
  check_page prod page.html prodded.html
  timeout 120 chromium --headless --no-sandbox --disable-gpu --window-size=1200,1600 --host-resolver-rules='MAP * ~NOTFOUND' \
    --dump-dom "file://$PWD/prodded.html" > dom.html 2> log
  check_page prodded dom.html
}

@test "short and missing sequence is left out, told and counted" {
  { cat in.fa; printf '>short\n%s\n>gap\n%s\n' ACGTACGT "$(printf 'N%.0s' {1..400})"; } > mixed.fa
  run --separate-stderr explain --methods attention -o x.tsv mixed.fa
  assert_success
  [[ $stderr == *"7 of "*" windows have more than 8 missing bases"*"2 records have no window"* ]] || fail "$stderr"
  assert_equal "$(cut -f 1 x.tsv | uniq | wc -l)" 7
  run --separate-stderr explain -q -o none.tsv --track t --svg t.svg <(printf '>short\nACGT\n')
  one_line_error 1
  printf '>short\nACGT\n' > short.fa
  run --separate-stderr explain -q -o none.tsv --track t --svg t.svg short.fa
  one_line_error 1
  assert_equal "$(ls)" "$(printf 'in.fa\nmixed.fa\nshort.fa\nx.tsv')"
}

@test "wrong usage ends with 2, bad rows with 1: one line each, and nothing is written" {
  printf 'r0\t0\t180\n' > rows.bed
  local -a wrong=("in.fa -o x.csv" "rows.bed" "in.fa --methods fourier" "in.fa --deletions 9" "in.fa --deletions 0"
    "in.fa --methods attention --deletions 2" "in.fa -o in.fa" "in.fa --svg -" "in.fa --html -" "in.fa --html in.fa" "in.fa --track t --svg t.gradcam.plus.bw"
    "- --track t" "--genome in.fa rows.bed rows.bed" "in.fa --windows some" "in.fa --rows whole" "--genome in.fa rows.bed --rows thin" "")
  for arguments in "${wrong[@]}"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr explain -q $arguments
    one_line_error 2
  done
  printf 'r0\t0\t180\nr9\t0\t180\n' > rows.bed
  run --separate-stderr explain -q --genome in.fa -o x.tsv rows.bed
  one_line_error 1
  [[ $stderr == *"'r9'"*"rows.bed, line 2"* ]] || fail "$stderr"
  run --separate-stderr explain -q -o nowhere/x.tsv in.fa
  one_line_error 1
  assert [ ! -e x.tsv ]
}

@test "whoever stops reading ends it quietly; the help says what the columns are" {
  fasta 40 400 500 5 > many.fa
  # shellcheck disable=SC2016
  run --separate-stderr bash -c 'set -o pipefail; "$0" explain -q --model "$MODEL" --methods attention --windows all --step 3 many.fa | head -n 1' "$IRESWEEP"
  assert_failure 141
  assert_equal "$stderr" ""
  run "$IRESWEEP" explain --help
  for word in --genome --deletions to_A gradcam 'numpy.load' 'Exit codes'; do assert_output --partial -- "$word"; done
}
