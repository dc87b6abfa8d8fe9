#!/usr/bin/env bats
# --annotation: spliced sequences, places on the genome, features, isoforms; held to gffread and bedtools.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() { prepare; }

oracle() { python3 "$BATS_TEST_DIRNAME/annotation.py" "$@"; }

# made GENES: genome.fa, and genes.gtf with two isoforms for each gene of two contigs and strands, exons in any order.
made() {
  python3 - "$@" <<'PY'
import random, sys
random.seed(4)
lines = []
with open("genome.fa", "w") as out:
    for contig in ("c1", "c2"):
        at = 0
        for gene in range(int(sys.argv[1])):
            strand = random.choice("+-")
            exons = []
            for _ in range(random.randint(2, 6)):
                at += random.randint(20, 400)
                exons.append((at + 1, at := at + random.randint(30, 500)))
            for isoform, kept in enumerate((exons, exons[1:])):
                ids = f'gene_id "{contig}g{gene}"; transcript_id "{contig}g{gene}.t{isoform}";'
                row = lambda kind, first, last: f"{contig}\tx\t{kind}\t{first}\t{last}\t.\t{strand}\t.\t{ids}\n"
                lines += [row("transcript", kept[0][0], kept[-1][1])]
                lines += [row("exon", *exon) for exon in random.sample(kept, len(kept))]
                first, last = kept[len(kept) // 2][0] + 9, kept[-1][1] - 8
                if gene % 3:
                    lines += [row("CDS", max(a, first), min(b, last)) for a, b in kept if b >= first]
            at += 100
        bases = "".join(random.choices("ACGT", k=at + 50))
        out.write(f">{contig}\n" + "\n".join(bases[i : i + 70] for i in range(0, len(bases), 70)) + "\n")
open("genes.gtf", "w").writelines(lines)
PY
}

# equals_peers GENOME ANNOTATION [BED12]: what is spliced is what gffread, and bedtools from a BED12, splice.
equals_peers() {
  "$IRESWEEP_SPLICE" "$1" "$2" > spliced.fa 2> left_out
  oracle sorted spliced.fa > ours
  assert [ -s ours ]
  gffread "$2" -g "$1" -w gffread.fa 2> gffread.log
  oracle sorted gffread.fa | cmp - ours
  # bedtools takes blocks from files of exactly twelve columns only.
  if [[ ${3:-} ]]; then cp "$3" peers.bed; else gffread "$2" --bed 2>> gffread.log | cut -f 1-12 > peers.bed; fi
  bedtools getfasta -fi "$1" -bed peers.bed -split -s -nameOnly 2> /dev/null | sed 's/([+-])$//' > bedtools.fa
  oracle sorted bedtools.fa | cmp - ours
}

# rows_lie_right GENOME ANNOTATION: the bases under every window's blocks are the window. Needs spliced.fa.
rows_lie_right() {
  scan -q --threshold 0.0001 --report windows --annotation "$2" --input genome -o windows.bed "$1"
  cut -f 1-12 windows.bed > twelve.bed
  bedtools getfasta -fi "$1" -bed twelve.bed -split -s 2> /dev/null > under.fa
  oracle blocks windows.bed spliced.fa under.fa
}

# features_hold GENOME ANNOTATION FEATURE...: of all windows those with at least half of their bases in the feature.
features_hold() {
  scan -q --threshold 0.0001 --report windows --annotation "$2" -o all.bed "$1"
  for feature in "${@:3}"; do
    scan -q --threshold 0.0001 --report windows --annotation "$2" --feature "$feature" -o "$feature.bed" "$1"
    oracle feature "$2" "$feature" all.bed "$feature.bed"
  done
}

@test "made up: spliced as gffread and bedtools do, rows on the bases that were scored" {
  made 12
  equals_peers genome.fa genes.gtf
  rows_lie_right genome.fa genes.gtf
  # The same from GFF3, BED12, gzip, a bgzip genome, and the transcripts themselves.
  gffread genes.gtf -o genes.gff3
  gzip -k genes.gtf
  bgzip -k genome.fa
  for annotation in genes.gff3 genes.gtf.gz; do
    scan -q --threshold 0.0001 --report windows --annotation $annotation -o other.bed genome.fa.gz
    cmp other.bed windows.bed || fail $annotation
  done
  scan -q --threshold 0.0001 --report windows --annotation peers.bed -o other.bed genome.fa
  cut -f 1-17 windows.bed | cmp - <(cut -f 1-17 other.bed)
  scan -q --threshold 0.0001 --report windows --annotation genes.gtf -o other.bed spliced.fa
  cmp other.bed windows.bed
}

@test "bytes do not depend on threads and batches" {
  made 8
  for collapse in "" --collapse; do
    # shellcheck disable=SC2086 # empty or one word
    scan -q --strand both --threshold 0.43 $collapse --annotation genes.gtf --threads 1 -o one.bed genome.fa
    # shellcheck disable=SC2086
    scan -q --strand both --threshold 0.43 $collapse --annotation genes.gtf --threads 5 --batch-windows 7 -o more.bed genome.fa
    cmp one.bed more.bed
    assert [ "$(wc -l < one.bed)" -gt 5 ]
  done
}

@test "features: windows with at least half of their bases in it" {
  made 12
  features_hold genome.fa genes.gtf 5utr cds 3utr
}

@test "--collapse: a row a locus, and the summary counts loci either way" {
  made 12
  scan -q --threshold 0.0001 --annotation genes.gtf --summary rows.json -o rows.bed genome.fa
  scan -q --threshold 0.0001 --annotation genes.gtf --collapse --summary loci.json -o loci.bed.gz genome.fa
  assert [ -e loci.bed.gz.tbi ] # rows ascend
  zcat loci.bed.gz | grep -v '^#' > loci.bed
  assert [ "$(wc -l < loci.bed)" -lt "$(grep -vc '^#' rows.bed)" ]
  # Every base and transcript of the rows is in the loci, and none more.
  bases() { grep -v "^#" "$1" | cut -f 1-12 | bedtools bed12tobed6 -i stdin | bedtools sort | bedtools merge; }
  cmp <(bases rows.bed) <(bases loci.bed)
  cmp <(grep -v '^#' rows.bed | cut -f 4 | sort -u) <(cut -f 20 loci.bed | tr ',' '\n' | sort -u)
  python3 - <<'PY'
import json
rows, loci = (json.load(open(name + ".json"))["counts"] for name in ("rows", "loci"))
assert rows["loci"] == loci["loci"] == loci["rows"] < rows["rows"], (rows, loci)
PY
}

@test "what contradicts itself is counted and named; --strict ends the run" {
  made 3
  printf 'c1\tx\texon\t5\t9\t.\t+\t.\ttranscript_id "late"; gene_id "g";\nc1\tx\texon\t900000\t900100\t.\t+\t.\ttranscript_id "late"; gene_id "g";\n' >> genes.gtf
  printf 'c9\tx\texon\t5\t9\t.\t+\t.\ttranscript_id "lost"; gene_id "g";\n' >> genes.gtf
  run --separate-stderr scan --threshold 0.0001 --annotation genes.gtf --summary run.json -o hits.bed genome.fa
  assert_success
  [[ $stderr == *"past the end of their contig are left out: 1 ('late')"* && $stderr == *"'lost'"* ]] || fail "$stderr"
  python3 -c 'import json; assert sum(json.load(open("run.json"))["transcripts_left_out"].values()) == 2'
  rm hits.bed
  run --separate-stderr scan -q --strict --annotation genes.gtf -o hits.bed genome.fa
  one_line_error 1
  assert [ ! -e hits.bed ]
}

@test "wrong uses" {
  made 2
  for words in "--feature cds" "--strict" "--collapse" "--input genome" "--annotation genes.gtf --regions c1" \
    "--annotation genes.gtf --collapse --report best" "--annotation genes.gtf --feature exon"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr scan -q $words genome.fa
    one_line_error 2
  done
  sed 's/>c/>chrom/' genome.fa > named.fa
  run --separate-stderr scan -q --annotation genes.gtf named.fa
  one_line_error 1
  [[ $stderr == *"--input"* ]]
  run --separate-stderr scan -q --annotation genes.gtf - < genome.fa
  one_line_error 1
}

@test "Ensembl, chr9: every transcript as gffread and bedtools splice it, rows on their bases, features" {
  shared data/bambu_chr9
  cp "$SHARED"/Homo*.fa genome.fa
  cp "$SHARED"/*.gtf genes.gtf
  samtools faidx genome.fa
  equals_peers genome.fa genes.gtf
  assert_equal "$(wc -l < ours)" 105
  rows_lie_right genome.fa genes.gtf
  features_hold genome.fa genes.gtf 5utr cds 3utr
}

@test "PacBio and GENCODE, chr22: every transcript as gffread and bedtools splice it, rows on their bases" {
  shared data/chr22_sqanti
  zcat "$SHARED/chr22.GRCh38.exonic.fa.gz" > genome.fa
  samtools faidx genome.fa
  gzip -dc "$SHARED/UHR_chr22.filtered.gtf.gz" > genes.gtf
  equals_peers genome.fa genes.gtf "$SHARED/UHR_chr22.bed12.bed"
  assert_equal "$(wc -l < ours)" 1703
  rows_lie_right genome.fa genes.gtf
  # What was sequenced, and placed by its names.
  scan -q --threshold 0.0001 --report windows --annotation genes.gtf -o sequenced.bed "$SHARED/UHR_chr22.filtered.fasta.gz"
  cmp <(sort sequenced.bed) <(sort windows.bed)
  gzip -dc "$SHARED/gencode.v38.basic_chr22.gtf.gz" > genes.gtf
  equals_peers genome.fa genes.gtf
}

@test "yeast, GFF3" {
  shared data/yeast_jbrowse
  cp "$SHARED/NC_001133.fa" genome.fa
  samtools faidx genome.fa
  equals_peers genome.fa "$SHARED/NC_001133.gff3"
  rows_lie_right genome.fa "$SHARED/NC_001133.gff3"
  features_hold genome.fa "$SHARED/NC_001133.gff3" cds # without UTRs
}

@test "viruses: an RNA genome is a transcript, with features" {
  shared data/viral
  for virus in hav hiv1 evd68 cva16; do
    name=$(basename -s .gff3 "$SHARED"/${virus}_*.gff3)
    cp "$SHARED/$name.fasta" $virus.fa
    # This one calls its sequence otherwise.
    if [[ $virus == cva16 ]]; then sed -i 's/^>.*/>U05876.1/' $virus.fa; fi
    features_hold $virus.fa "$SHARED/$name.gff3" 5utr cds
  done
  # The 5'UTR of hepatitis A has 734 bases: the last window of which half lies in it starts at 600, and ends 40 bases
  # behind the start codon's first.
  scan -q --threshold 0.0001 --report windows --annotation "$SHARED/hav_reference.gff3" --feature 5utr -o utr.bed hav.fa
  assert_equal "$(grep -v '^#' utr.bed | cut -f 16 | tr '\n' ' ')" "0 50 100 150 200 250 300 350 400 450 500 550 600 "
  assert_equal "$(tail -n 1 utr.bed | cut -f 22)" -40
  # docs/results.md: where the windows of 5'UTRs rank; that of hepatitis A is first.
  "$BATS_TEST_DIRNAME/../../tools/viral-ranks.py" "$IRESWEEP" "$SHARED" > ranks.md
  assert_equal "$(grep -c '_5UTR_' ranks.md)" 6
  grep -q '^| HAV_5UTR_whole | 734 | 148 | 13 | 1 |' ranks.md
}
