#!/usr/bin/env bats
# --html-report: a page whose numbers are the run's, and which no browser needs a network for.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 30 20 3000 > in.fa
}

# Checks page.html against run.json and all.bed of the same scan.
check_page() {
  python3 "$BATS_TEST_DIRNAME/report.py" page.html run.json all.bed
}

@test "the page's numbers are those of the summary and of the rows" {
  scan -q --strand both --threshold 0.7 --html-report page.html --summary run.json -o all.bed in.fa
  check_page
  # Whatever is reported.
  scan -q --strand both --threshold 0.7 --report best --html-report best.html -o best.tsv in.fa
  local part='s/.*(<h2>Scores.*)<h2>The run.*/\1/s'
  cmp <(perl -0pe "$part" page.html) <(perl -0pe "$part" best.html)
}

@test "with a null table: what composition alone would give" {
  "$IRESWEEP" model calibrate -q --model "$MODEL" --windows 20000 -o null.safetensors in.fa
  MODEL=null.safetensors scan -q --null-rate 0.02 --html-report page.html --summary run.json -o all.bed in.fa
  check_page
  grep -q 'id="expected"' page.html
}

@test "names are text, and nothing is loaded" {
  { printf '>%s\n' '"><script>alert(1)</script><img/src=http://x/y>&amp;'; grep -v '>' in.fa | tr -d '\n' | head -c 5000; echo; } > evil.fa
  scan -q --threshold 0.4 --html-report page.html -o all.bed evil.fa
  assert_equal "$(grep -Eo '<(script|img|link|iframe)' page.html | wc -l)" 0
  grep -q "&lt;script&gt;alert(1)&lt;/script&gt;" page.html
  grep -q "default-src 'none'" page.html
}

@test "bytes do not depend on threads and batches, the facts of the run apart" {
  scan -q --strand both --step 9 --threshold 0.7 --threads 1 --html-report a.html -o a.bed in.fa
  scan -q --strand both --step 9 --threshold 0.7 --threads 3 --batch-windows 17 --html-report b.html -o b.bed in.fa
  cmp <(sed '/<h2>The run/,$d' a.html) <(sed '/<h2>The run/,$d' b.html)
}

@test "nothing called, nothing to call, and no room for a page" {
  scan -q --threshold 0.9999999 --html-report page.html --summary run.json -o all.bed in.fa
  check_page
  printf '>a\n>b\n' > empty.fa
  scan -q --html-report empty.html -o empty.bed empty.fa
  grep -q 'Nothing was called' empty.html
  run --separate-stderr scan -q --html-report nowhere/page.html -o hits.bed in.fa
  one_line_error 1
  run --separate-stderr scan -q --html-report - -o hits.bed in.fa
  one_line_error 2
  run --separate-stderr scan -q --html-report in.fa -o hits.bed in.fa
  one_line_error 2
  assert [ ! -e hits.bed ]
}

@test "a browser shows it" {
  command -v chromium > /dev/null || skip "no chromium"
  scan -q --threshold 0.7 --html-report page.html --summary run.json -o all.bed in.fa
  timeout 120 chromium --headless --no-sandbox --disable-gpu --host-resolver-rules='MAP * ~NOTFOUND' --dump-dom \
    "file://$PWD/page.html" > dom.html 2> log
  mv dom.html page.html
  check_page
}
