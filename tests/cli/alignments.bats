#!/usr/bin/env bats
# BAM and CRAM: rows lie where pysam puts the reads' windows, and what is wrong with a file is said.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() { prepare; }

# projected ACTION ...: alignments.py, with the Python that Debian's pysam belongs to.
projected() { /usr/bin/python3 "$BATS_TEST_DIRNAME/alignments.py" "$@"; }

# made READS: made.fa, a contig of 20,000 bases, and made.bam, READS spliced reads of it with one mismatch each.
made() {
  python3 - "$1" <<'PY'
import random, sys
random.seed(3)
contig = "".join(random.choices("ACGT", k=20000))
with open("made.fa", "w") as file:
    print(f">c\n{contig}\n>d\n{contig[::-1]}", file=file)
reads = []
for i in range(int(sys.argv[1])):
    exon = 100 + 400 * (i // 8 % 45)
    first = random.randrange(50)
    start = exon + first
    bases = contig[start : exon + 300] + contig[exon + 800 : exon + 1100]
    at = random.randrange(len(bases))
    reads.append((start, f"r{i}\t{16 * (i % 4 == 3)}\tc\t{start + 1}\t{60 - i % 3}\t{300 - first}M500N300M\t*\t0\t0\t{bases[:at]}G{bases[at + 1:]}\t*\tts:A:+"))
with open("made.sam", "w") as file:
    print("@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c\tLN:20000\n@SQ\tSN:d\tLN:20000", file=file)
    for _, line in sorted(reads):
        print(line, file=file)
PY
  samtools view -b -o made.bam made.sam
  samtools index made.bam
}

@test "direct RNA: windows and loci lie where pysam puts them, and score as the reads' own bases" {
  shared data/bambu_chr9
  bam=("$SHARED"/*.bam)
  projected fasta "${bam[0]}" > reads.fa
  scan -q --threshold 0.6 --report windows -o windows.fasta.bed reads.fa
  for report in windows regions; do
    scan -q --threshold 0.6 --report $report --summary $report.json -o $report.bed "${bam[0]}"
  done
  projected windows "${bam[0]}" windows.bed windows.fasta.bed
  projected loci "${bam[0]}" regions.bed windows.fasta.bed
  # Some reads have long insertions: their windows there are counted.
  grep -Eq '"windows_outside": [1-9]' regions.json
  assert [ "$(wc -l < windows.bed)" -gt 500 ]
  awk -F '\t' 'NR > 1 && $21 > 1 { many = 1 } END { exit !many }' regions.bed
}

@test "transcript models: BAM, CRAM, the reads' bases and the genome's are all the same; so are bedtools'" {
  shared data/chr22_sqanti
  genome=$SHARED/chr22.GRCh38.exonic.fa.gz
  cp "$genome" genome.fa.gz
  regions=chr22:20,000,000-22,000,000,chr22:30,000,000-30,500,000
  scan -q --threshold 0.6 --regions $regions -o bam.bed "$SHARED"/UHR_chr22.transcripts.bam
  assert [ "$(wc -l < bam.bed)" -gt 100 ]
  scan -q --threshold 0.6 --regions $regions --reference genome.fa.gz -o cram.bed "$SHARED"/UHR_chr22.transcripts.cram
  cmp bam.bed cram.bed
  scan -q --threshold 0.6 --regions $regions --reference genome.fa.gz --bases genome "$SHARED"/UHR_chr22.transcripts.cram | cmp - bam.bed
  # The best windows: their bases on the genome are those of the record.
  scan -q --report best --regions $regions -o best.bed "$SHARED"/UHR_chr22.transcripts.bam
  gunzip genome.fa.gz
  bedtools getfasta -split -s -nameOnly -fi genome.fa -bed <(grep -v '#' best.bed | cut -f 1-12) | paste - - | sed 's/(.)//' > under.tsv
  zcat "$SHARED"/UHR_chr22.filtered.fasta.gz | python3 -c '
import sys
records = {record.split()[0]: "".join(record.split("\n")[1:]) for record in sys.stdin.read().split(">")[1:]}
best = [line.rstrip().split("\t") for line in open("best.bed") if line[0] != "#"]
under = [line.split() for line in open("under.tsv")]
assert len(best) == len(under) > 100
for row, (name, bases) in zip(best, under):
    assert name == ">" + row[3] and bases.upper() == records[row[3]][int(row[15]):int(row[16])].upper(), row'
}

@test "rows have reads=, ascend, and have an index; --min-reads and --min-mapq filter" {
  made 80
  scan -q --threshold 0.5 -o all.bed.gz made.bam
  assert [ -e all.bed.gz.tbi ]
  tabix all.bed.gz c:1-3000 | cmp - <(zcat all.bed.gz | awk -F '\t' '!/^#/ && $2 < 3000')
  zcat all.bed.gz > all.bed
  scan -q --threshold 0.5 --min-reads 3 made.bam | cmp - <(awk -F '\t' '/^#/ || $21 >= 3' all.bed)
  assert [ "$(awk -F '\t' '$21 >= 3' all.bed | wc -l)" -gt 3 ]
  samtools view -q 59 -b -o q59.bam made.bam
  scan -q --threshold 0.5 --min-mapq 59 made.bam | cmp - <(scan -q --threshold 0.5 q59.bam)
  for threads in 1 5; do scan -q --threshold 0.5 --threads $threads made.bam | cmp - all.bed; done
  scan -q --threshold 0.5 made.sam | cmp - all.bed
  scan -q --threshold 0.5 -o all.tsv made.bam
  assert_equal "$(head -n 1 all.tsv | tr '\t' '\n' | tail -n 1)" reads
}

@test "regions: the reads with an aligned base in them" {
  made 80
  run scan -q --threshold 0.5 --report best --regions c:2,000-2,300 made.bam
  samtools view made.bam | awk -F '\t' '{ split($6, m, "M"); e = $4 + m[1] - 1; if (($4 <= 2300 && e >= 2000) || (e + 501 <= 2300 && e + 800 >= 2000)) print $1 }' > wanted
  assert [ "$(wc -l < wanted)" -gt 5 ]
  assert_equal "$(grep -v '^#' <<< "$output" | cut -f 4)" "$(cat wanted)"
  rm made.bam.bai
  run --separate-stderr scan -q --regions c:2,000-2,300 -o x.bed made.bam
  one_line_error 1
  [[ $stderr == *"samtools index made.bam"* && ! -e x.bed ]]
}

@test "reads of unknown strand are skipped, counted, and scanned by request" {
  made 8
  samtools view -h made.bam | sed 's/\tts:A:+//' > made.sam
  run --separate-stderr scan --summary s.json --report best made.sam
  assert_equal "$(grep -vc '^#' <<< "$output")" 0
  [[ $stderr == *"skipped reads: 8 of unknown strand"* ]] || fail "$stderr"
  grep -q '"of unknown strand": 8' s.json
  scan -q --report best --read-strand forward made.sam | cmp - <(scan -q --report best made.bam)
  run scan -q --report best --strand both made.sam
  assert_equal "$(grep -vc '^#' <<< "$output")" 8
}

@test "a CRAM without its reference: contig, checksum and option; nothing is written, the network is not asked" {
  shared data/cram_rna
  export REF_PATH='' REF_CACHE='' HOME=$PWD XDG_CACHE_HOME=''
  run --separate-stderr scan -q -o x.bed "$SHARED"/heart_slc25a3.cram
  one_line_error 1
  [[ $stderr == *chr12*51851ac0e1a115847ad36449b0015864*--reference* && ! -e x.bed ]] || fail "$stderr"
  made 8
  samtools view -C -T made.fa -o made.cram made.bam
  scan -q --report best made.bam > bam.bed
  scan -q --report best --reference made.fa made.cram | cmp - bam.bed
  sed '/>/!y/AC/CA/' made.fa > wrong.fa
  grep -A 1 '>d' made.fa > lacks.fa
  mv made.fa right.fa
  for case in wrong.fa:"another sequence" lacks.fa:"lacks contig 'c'"; do
    run --separate-stderr scan -q --reference "${case%%:*}" -o x.bed made.cram
    one_line_error 1
    [[ $stderr == *"${case#*:}"*"${case%%:*}"* && ! -e x.bed ]] || fail "$stderr"
  done
  # By its checksum, as HTSlib finds it.
  mkdir -p cache
  md5=$(samtools view -H made.cram | sed -n 's/.*SN:c\t.*M5:\([0-9a-f]*\).*/\1/p')
  grep -A 1 '>c' right.fa | tail -n 1 | tr -d '\n' > cache/"$md5"
  REF_PATH=$PWD/cache/%s scan -q --report best made.cram | cmp - bam.bed
}

@test "damaged, cut short, unsorted, wrongly asked for: one line, and nothing is written" {
  made 800
  head -c 20000 made.bam > cut.bam
  head -c -28 made.bam > no_end.bam
  (head -c 20000 made.bam; head -c 200 /dev/zero; tail -c +20201 made.bam) > damaged.bam
  samtools sort -n -o unsorted.bam made.bam
  samtools view -C -T made.fa made.bam | head -c -60 > cut.cram
  for case in cut.bam:'cut short' no_end.bam:'cut short' damaged.bam:damaged unsorted.bam:'not sorted' cut.cram:'cut short'; do
    run --separate-stderr scan -q -o x.bed "${case%%:*}"
    one_line_error 1
    [[ $stderr == *"${case#*:}"*"${case%%:*}"* && ! -e x.bed ]] || fail "$stderr"
  done
  for wrong in "made.bam made.bam" "--bases genome made.bam" "--min-mapq 3 made.fa" "--report best --min-reads 2 made.bam" "--min-mapq x made.bam"; do
    # shellcheck disable=SC2086 # words are meant
    run --separate-stderr scan -q -o x.bed $wrong
    [[ $status == 2 && ! -e x.bed ]] || fail "$wrong: $status $stderr"
  done
}

# covered BED DEPTH: of the windows in BED (--report windows) those with half of their bases in DEPTH, what `samtools depth` wrote.
covered() {
  python3 - "$@" <<'PY'
import sys
deep = {tuple(line.split()[:2]) for line in open(sys.argv[2])}
for line in open(sys.argv[1]):
    row = line.split("\t")
    if line[0] == "#":
        print(line, end="")
        spliced = "blockCount" in line
        continue
    start, sizes, starts = int(row[1]), [int(row[2]) - int(row[1])], [0]
    if spliced:
        sizes, starts = ([int(number) for number in row[column].split(",")] for column in (10, 11))
    blocks = [range(start + offset, start + offset + size) for offset, size in zip(starts, sizes)]
    if 2 * sum((row[0], str(base + 1)) in deep for block in blocks for base in block) >= 174:
        print(line, end="")
PY
}

@test "--expressed: the windows half of which reads cover, as samtools counts them" {
  made 80
  printf 'c\t%d\t%d\t%s\t0\t%s\t0\t0\t0\t2\t300,600\t0,800\n' 100 1500 t1 + 2500 3900 t2 - > transcripts.bed
  for options in "" "--strand both" "--regions c:1,001-6,000,d:5-700" "--annotation transcripts.bed"; do
    # shellcheck disable=SC2086 # words are meant
    scan -q --threshold 0.3 --report windows --step 10 $options -o all.bed made.fa
    for depth in 1 3; do
      samtools depth -Q 59 made.bam | awk -v n=$depth '$3 >= n' > depth.tsv
      # shellcheck disable=SC2086
      scan -q --threshold 0.3 --report windows --step 10 $options --expressed made.bam --min-depth $depth --min-mapq 59 -o some.bed made.fa
      covered all.bed depth.tsv | cmp - some.bed
      assert [ "$(wc -l < some.bed)" -gt 20 ]
      assert [ "$(wc -l < some.bed)" -lt "$(wc -l < all.bed)" ]
    done
  done
  sed 's/^>/>chr/' made.fa > other.fa
  run --separate-stderr scan -q --expressed made.bam -o x.bed other.fa
  one_line_error 1
  [[ $stderr == *"'chrc'"*"'c'"* && ! -e x.bed ]] || fail "$stderr"
  rm made.bam.bai
  run --separate-stderr scan -q --expressed made.bam -o x.bed made.fa
  one_line_error 1
  [[ $stderr == *"samtools index"* ]] || fail "$stderr"
}

@test "--expressed with short reads of a human gene, in a CRAM whose reference nobody has" {
  shared data/cram_rna
  python3 -c 'print(">chr12\n" + "ACGT" * 24747000)' > genome.fa
  scan -q --threshold 0.01 --report windows --regions chr12:98,980,000-98,999,999 -o all.bed genome.fa
  REF_PATH='' REF_CACHE='' HOME=$PWD scan -q --threshold 0.01 --report windows --regions chr12:98,980,000-98,999,999 \
    --expressed "$SHARED"/heart_slc25a3.cram --min-depth 5 -o some.bed genome.fa
  /usr/bin/python3 - "$SHARED"/heart_slc25a3.cram > depth.tsv <<'PY'
import collections, pysam, sys
depth = collections.Counter()
for read in pysam.AlignmentFile(sys.argv[1], format_options=[b"required_fields=63"]):
    if not read.flag & 1796:
        depth.update(base for first, last in read.get_blocks() for base in range(first, last))
for base in sorted(base for base, reads in depth.items() if reads >= 5):
    print(f"chr12\t{base + 1}\t5")
PY
  covered all.bed depth.tsv | cmp - some.bed
  assert [ "$(wc -l < some.bed)" -gt 10 ]
}
