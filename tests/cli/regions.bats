#!/usr/bin/env bats
# --regions and --regions-file: what is scanned, and where its rows lie.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 3 4000 9000 > in.fa
}

@test "a region's rows are those of its sequence, moved" {
  samtools faidx in.fa r1:1001-3000 | sed '1s/.*/>r1:1001-3000/' > part.fa
  for strand in + - both; do
    scan -q --strand $strand --threshold 0.6 --report windows --regions r1:1,001-3,000 -o region.bed in.fa
    scan -q --strand $strand --threshold 0.6 --report windows -o part.bed part.fa
    awk -F '\t' -v OFS='\t' '/^#/ { print; next } { $1 = "r1"; $2 += 1000; $3 += 1000; $7 += 1000; $8 += 1000; print }' \
      part.bed | cmp - region.bed
    assert [ "$(wc -l < region.bed)" -gt 5 ]
  done
}

@test "regions of a whole contig, of a file, plain or bgzip, overlapping or twice: the same rows" {
  scan -q --threshold 0.6 -o all.bed in.fa
  grep -P '^(#|r1\t)' all.bed > r1.bed
  scan -q --threshold 0.6 --regions r1 in.fa | cmp - r1.bed
  bgzip -c in.fa > in.fa.gz
  printf '# some\nr1\t0\t2000\nr1\t1999\t99999\tx\t0\t-\nr1\t5\t9\n' | gzip > r.bed.gz
  run --separate-stderr scan --threshold 0.6 --regions-file r.bed.gz -o file.bed.gz in.fa.gz
  assert_success
  [[ $stderr == *"cut there"* ]]
  zcat file.bed.gz | cmp - r1.bed
  assert [ -e file.bed.gz.tbi ]
}

@test "tables give the place on the contig too" {
  scan -q --report best --regions r1:1001-3000,r2:11-1010 -o best.tsv in.fa
  assert_equal "$(cut -f 1 best.tsv | tail -n +2 | tr '\n' ' ')" "r1:1001-3000 r2:11-1010 "
  awk -F '\t' 'NR == 1 { if ($9 != "contig") exit 1; next }
    { from = $9 == "r1" ? 1000 : 10; if ($10 != $3 + from || $11 != $4 + from || $12 != "+") exit 1 }' best.tsv
}

@test "wrong regions: one line, and nothing is written" {
  for region in nowhere r1:9-5 r1:0-5 r1:x '' r1:900,000; do
    run --separate-stderr scan -q -o hits.bed --regions "$region" in.fa
    [[ $status != 0 && ${#stderr_lines[@]} -le 2 ]] || fail "'$region': $status, $stderr"
    assert [ ! -e hits.bed ]
  done
  run --separate-stderr scan -q --regions r1 - < in.fa
  one_line_error 1
  gzip in.fa
  run --separate-stderr scan -q --regions r1 in.fa.gz
  one_line_error 1
  [[ $stderr == *bgzip* ]]
}

@test "a chromosome on one strand: a hint" {
  fasta 1 1100000 1100000 > long.fa
  run --separate-stderr scan --threshold 0.99 --step 5000 long.fa
  [[ $stderr == *"--strand both"* ]] || fail "$stderr"
  run --separate-stderr scan --threshold 0.99 --step 5000 --strand both long.fa
  [[ $stderr != *"one strand"* ]] || fail "$stderr"
}

@test "real pieces of chromosomes: rows lie on the bases that were scored" {
  shared data/human_genome_pieces
  cp "$SHARED"/chr3.42M.fa.gz* .
  touch ./*.fai ./*.gzi
  scan -q --threshold 0.6 --strand both --regions chr3:500,001-540,000 -o hits.bed chr3.42M.fa.gz
  assert [ "$(wc -l < hits.bed)" -gt 20 ]
  samtools faidx chr3.42M.fa.gz chr3:500001-540000 > part.fa
  zcat chr3.42M.fa.gz > chr3.fa
  awk -F '\t' -v OFS='\t' '!/^#/ { print $1, $7, $8, $4, $5, $6 }' hits.bed | bedtools getfasta -fi chr3.fa -bed - > thick.fa
  awk -F '\t' -v OFS='\t' '!/^#/ { print "chr3:500001-540000", $13, $14, $4, $5, $6 }' hits.bed | bedtools getfasta -fi part.fa -bed - > best.fa
  cmp <(grep -v '>' thick.fa) <(grep -v '>' best.fa)
}
