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

# row CONTIG TYPE FIRST LAST STRAND ATTRIBUTES: a line of GTF or GFF3.
row() { printf '%s\tx\t%s\t%s\t%s\t.\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$([[ $2 == CDS ]] && echo 0 || echo .)" "$6"; }

@test "one name at two places is left out, and told" {
  made 2
  row c1 CDS 11 300 + 'gene_id "a"; transcript_id "unknown_transcript_1";' >> genes.gtf
  row c1 CDS 311 600 + 'gene_id "b"; transcript_id "unknown_transcript_1";' >> genes.gtf
  run --separate-stderr scan --threshold 0.0001 --annotation genes.gtf --summary run.json -o hits.bed genome.fa
  assert_success
  [[ $stderr == *"of two genes or places that share a name are left out: 1 ('unknown_transcript_1')"* ]] || fail "$stderr"
  run grep unknown_transcript hits.bed
  assert_failure
  run --separate-stderr scan -q --strict --annotation genes.gtf -o hits.bed genome.fa
  one_line_error 1
}

@test "when no transcript is left the error tells why; a contig of another version is none" {
  made 2
  row c1 exon 11 300 . 'gene_id "S.1"; transcript_id "S.1.1";' > none.gtf
  run --separate-stderr scan -q --annotation none.gtf -o hits.bed genome.fa
  one_line_error 1
  [[ $stderr == *"without a strand: 1 ('S.1.1')"* ]] || fail "$stderr"
  printf 'c1\t300\t100\tbackwards\t0\t+\t0\t0\t0\t1\t100\t0\nc1\t100\t900\tends\t0\t+\t0\t0\t0\t1\t100\t0\n' > none.bed
  run --separate-stderr scan -q --annotation none.bed -o hits.bed genome.fa
  one_line_error 1
  [[ $stderr == *"do not reach from their start to their end: 2 ('backwards', 'ends')"* ]] || fail "$stderr"
  sed 's/^>c1/>NC_1.11/' genome.fa > versions.fa
  row NC_1.12 exon 11 300 + 'gene_id "g"; transcript_id "t";' > versions.gtf
  run --separate-stderr scan -q --annotation versions.gtf -o hits.bed versions.fa
  one_line_error 1
  [[ $stderr == *"'NC_1.11' for 'NC_1.12'"* ]] || fail "$stderr"
  cat genes.gtf >> versions.gtf
  sed -i '/^c1/d' versions.gtf
  run --separate-stderr scan --annotation versions.gtf -o hits.bed versions.fa
  assert_success
  [[ $stderr == *"of which the input has another version are left out: 1 ('t')"* ]] || fail "$stderr"
}

@test "a feature too short for a window is counted; a start that is not known has no start codon; a byte order mark" {
  fasta 1 900 900 > genome.fa
  row r0 exon 101 700 + 'gene_id "g"; transcript_id "t";' > genes.gtf
  row r0 CDS 161 400 + 'gene_id "g"; transcript_id "t"; tag "cds_start_NF";' >> genes.gtf
  scan -q --annotation genes.gtf --feature 5utr --summary run.json -o hits.bed genome.fa
  python3 -c 'import json; assert json.load(open("run.json"))["transcripts_left_out"] == {"whose feature is too short for a window": 1}'
  scan -q --threshold 0.0001 --annotation genes.gtf -o hits.bed genome.fa
  assert_equal "$(cut -f 22 hits.bed | sort -u | tr '\n' ' ')" ". toStartCodon "
  printf '\xef\xbb\xbf' | cat - genes.gtf > marked.gtf
  scan -q --threshold 0.0001 --annotation marked.gtf -o marked.bed genome.fa
  cmp marked.bed hits.bed
}

@test "--collapse: genes that are not known to be one share a row only where no gene is known" {
  fasta 1 900 900 > genome.fa
  printf 'r0\t0\t600\ta\t0\t+\t0\t0\t0\t1\t600\t0\nr0\t100\t800\tb\t0\t+\t0\t0\t0\t1\t700\t0\n' > genes.bed
  scan -q --threshold 0.0001 --annotation genes.bed --collapse -o hits.bed genome.fa
  assert_equal "$(grep -v '^#' hits.bed | cut -f 20)" a,b
  { row r0 exon 1 600 + 'transcript_id "a";'; row r0 exon 101 800 + 'transcript_id "b";'; } > genes.gtf
  row r0 exon 101 800 - 'transcript_id "c"; gene_id "known";' >> genes.gtf
  scan -q --threshold 0.0001 --annotation genes.gtf --collapse -o hits.bed genome.fa
  assert_equal "$(grep -v '^#' hits.bed | cut -f 20 | sort | tr '\n' ' ')" "a b c "
}

@test "GFF3 without a version, of RNAs without exons, and with genes that RefSeq numbered" {
  fasta 1 2900 2900 > genome.fa
  {
    row r0 region 1 2900 . .
    row r0 tRNA 11 300 - 'ID=P_2'
    row r0 gene 401 700 + 'ID=gene0;Name=X;gene=X'
    row r0 mRNA 401 700 + 'ID=rna0;Parent=gene0;transcript_id=NM_2.1'
    row r0 exon 401 700 + 'ID=id1;Parent=rna0'
    row r0 gene 801 1400 + 'ID=gene-b1'
    row r0 CDS 801 1400 + 'ID=cds-NP1;Parent=gene-b1'
  } > genes.gff3
  scan -q --strict --threshold 0.0001 --annotation genes.gff3 -o hits.bed genome.fa
  assert_equal "$(grep -v '^#' hits.bed | awk '{ print $4 ":" $19 }' | sort -u | tr '\n' ' ')" "NM_2.1:X P_2:. b1:b1 "
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

@test "yeast, GFF3: named by accession, start codons in spite of the column of phases" {
  shared data/yeast_jbrowse
  cp "$SHARED/NC_001133.fa" genome.fa
  samtools faidx genome.fa
  oracle by_accession "$SHARED/NC_001133.gff3" > genes.gff3 # the others name transcripts by their ID
  equals_peers genome.fa genes.gff3
  rows_lie_right genome.fa genes.gff3
  features_hold genome.fa genes.gff3 cds # without UTRs
  scan -q --threshold 0.0001 --report windows --annotation "$SHARED/NC_001133.gff3" -o original.bed genome.fa
  cmp original.bed windows.bed
  # Without UTRs the start codon is the first.
  assert [ "$(awk '$4 ~ /^NM_/ && $22 == -$17' windows.bed | wc -l)" -gt 1000 ]
  assert [ "$(awk '$4 ~ /^NM_/ && $22 != -$17' windows.bed | wc -l)" = 0 ]
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
