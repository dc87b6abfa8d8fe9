#!/usr/bin/env bats
# --html-report: a page whose numbers are the run's, and which no browser needs a network for.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 30 20 3000 > in.fa
}

# check_page [GTF]: page.html against run.json and all.bed of the same scan.
check_page() {
  python3 "$BATS_TEST_DIRNAME/report.py" page.html run.json all.bed "$@"
}

# other.json counts the loci of run.json.
same_loci() { assert_equal "$(grep '"loci"' other.json)" "$(grep '"loci"' run.json)"; }

# The page but for the facts of the run.
without_run() { sed '/<h2>The run/,$d' "$1"; }

# isoforms: genome.fa; genes.gtf, genes with four isoforms, two of which share all but their ends and one of these codes
# earlier; reads.bam, eight reads of each isoform on its strand, with an error now and then.
isoforms() {
  python3 - <<'PY'
import random
random.seed(6)
contigs = {c: "".join(random.choices("ACGT", k=40000)) for c in ("c1", "c2")}
other = str.maketrans("ACGT", "TGCA")
with open("genome.fa", "w") as file:
    for contig, bases in contigs.items():
        print(f">{contig}\n{bases}", file=file)
lines, reads = [], []
for contig, bases in contigs.items():
    for gene in range(8):
        at, strand = 5000 * gene + 1, "+-"[gene % 2]
        chains = [[(at, at + 799), (at + 1200, at + 2399)], [(at + 60, at + 799), (at + 1200, at + 2599)],
                  [(at, at + 820), (at + 1200, at + 2399)], [(at + 300, at + 1999)]]
        for isoform, chain in enumerate(chains):
            name = f"{contig}g{gene}.t{isoform}"
            row = lambda kind, first, last: lines.append(
                f'{contig}\tx\t{kind}\t{first}\t{last}\t.\t{strand}\t.\tgene_id "{contig}g{gene}"; transcript_id "{name}";\n')
            for exon in chain:
                row("exon", *exon)
            if gene % 4 and isoform < 3:
                row("CDS", at + (400 if isoform else 200), chain[0][1])
                row("CDS", at + 1200, at + 1500)
            cigar = "".join((f"{first - before}N" if before else "") + f"{last - first + 1}M"
                            for before, (first, last) in zip([0] + [last + 1 for _, last in chain], chain))
            for read in range(8):
                seen = list("".join(bases[first - 1 : last] for first, last in chain))
                seen[random.randrange(len(seen))] = "A"
                reads.append((contig, chain[0][0], f"{name}.{read}\t{16 * (strand == '-')}\t{contig}\t{chain[0][0]}\t60\t{cigar}\t*\t0\t0\t{''.join(seen)}\t*\tts:A:+"))
open("genes.gtf", "w").writelines(lines)
with open("reads.sam", "w") as file:
    print("@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c1\tLN:40000\n@SQ\tSN:c2\tLN:40000", file=file)
    for _, _, line in sorted(reads, key=lambda read: read[:2]):
        print(line, file=file)
PY
  samtools view -b -o reads.bam reads.sam
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
  cmp <(without_run a.html) <(without_run b.html)
}

@test "of transcripts: a locus once, however many isoforms have it, and a base once" {
  isoforms
  local options="--strand both --threshold 0.55 --annotation genes.gtf"
  # shellcheck disable=SC2086 # words
  scan -q $options --collapse --html-report page.html --summary run.json -o all.bed genome.fa
  check_page genes.gtf
  # As the rows of the isoforms have it, of the transcripts' FASTA, and of whatever is reported.
  # shellcheck disable=SC2086
  scan -q $options --html-report rows.html -o rows.bed genome.fa
  assert [ "$(wc -l < rows.bed)" -gt "$(($(wc -l < all.bed) + 20))" ]
  cmp <(without_run page.html) <(without_run rows.html)
  # shellcheck disable=SC2086
  local report
  for report in windows best; do
    # shellcheck disable=SC2086
    scan -q $options --report $report --html-report other.html --summary other.json -o other.tsv genome.fa
    cmp <(without_run page.html) <(without_run other.html)
    same_loci
  done
  "$IRESWEEP_SPLICE" genome.fa genes.gtf > spliced.fa
  # shellcheck disable=SC2086
  scan -q $options --html-report page.html --summary run.json --collapse -o all.bed spliced.fa
  check_page genes.gtf
}

@test "of reads: a locus once, with the number of its reads; few reads are not listed" {
  isoforms
  for reads in 1 2 9; do
    scan -q --threshold 0.55 --min-reads $reads --html-report page.html --summary run.json -o all.bed reads.bam
    check_page
  done
  grep -q 'at least 9 reads' page.html
  scan -q --threshold 0.55 --html-report page.html --summary run.json -o all.bed reads.bam
  for report in windows best; do
    scan -q --threshold 0.55 --report $report --html-report other.html --summary other.json -o other.tsv reads.bam
    cmp <(without_run page.html) <(without_run other.html)
    same_loci
  done
  scan -q --threshold 0.55 --min-reads 1000 --html-report page.html --summary run.json -o all.bed reads.bam
  check_page
  grep -q 'No locus has 1,000 reads' page.html
}

@test "of transcripts and reads: bytes do not depend on threads, parts and a stop" {
  isoforms
  for input in "--annotation genes.gtf genome.fa" reads.bam; do
    # shellcheck disable=SC2086 # words
    scan -q --step 9 --threshold 0.55 --threads 1 --html-report one.html -o one.bed $input
    # shellcheck disable=SC2086
    scan -q --step 9 --threshold 0.55 --threads 3 --batch-windows 17 --html-report more.html -o more.bed $input
    cmp <(without_run one.html) <(without_run more.html)
    for part in 1 2 3; do
      # shellcheck disable=SC2086
      scan -q --step 9 --threshold 0.55 --shard $part/3 -o $part.part $input
    done
    "$IRESWEEP" merge -q --html-report joined.html -o joined.bed 1.part 2.part 3.part
    cmp <(without_run one.html) <(without_run joined.html)
    rm ./*.part
  done
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
