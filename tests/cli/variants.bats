#!/usr/bin/env bats
# iresweep variants: alleles of all kinds against scans of the edited sequences, files that bcftools reads, bad files.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() { prepare; }

oracle() { python3 "$BATS_TEST_DIRNAME/variants.py" "$@"; }

variants() { "$IRESWEEP" variants --model "$MODEL" --no-progress --threshold 0.6 --background "${BACKGROUND:-30}" "$@"; }

# made [COUNT]: genome.fa, genes.gtf, and all.vcf with alleles of all kinds at COUNT places.
made() {
  oracle genome genome.fa genes.gtf
  oracle make genome.fa genes.gtf "${1:-30}" all.vcf
}

# equals_scans GENOME GTF|- COUNT: what is said of COUNT places' alleles is what two scans of the edited sequences say.
equals_scans() {
  local annotation=()
  [[ $2 == - ]] || annotation=(--annotation "$2")
  oracle make "$1" "$2" "$3" all.vcf
  variants -q --genome "$1" "${annotation[@]}" -o table.tsv all.vcf
  oracle sequences "$1" "$2" table.tsv edited.fa
  scan -q --step 1 --report windows --threshold 0.000001 -o windows.tsv edited.fa
  oracle check "$1" "$2" table.tsv windows.tsv 0.6
  variants -q --genome "$1" "${annotation[@]}" -o scored.vcf all.vcf
  oracle untouched all.vcf scored.vcf
}

@test "made up: every allele as two scans of the edited sequences; all else untouched" {
  made
  run equals_scans genome.fa genes.gtf 60
  assert_success
  for status in exon_boundary missing_bases scored short_transcript; do assert_output --partial "'$status'"; done
  equals_scans genome.fa - "$(fewer 25 10)"
}

@test "bcftools reads, splits, filters and indexes; BCF and VCF say the same; bytes do not depend on threads" {
  made
  grep -v -e $'\tZ' -e ',Z' -e $'\t\\.[ACGTacgt]' all.vcf > some.vcf # no bases for bcftools
  for file in scored.vcf.gz scored.bcf; do
    variants -q --genome genome.fa --annotation genes.gtf -o $file some.vcf
    bcftools view $file > $file.vcf
    bcftools view -H $file c2 > c2.txt # by the index
    cmp c2.txt <(grep '^c2' $file.vcf)
    assert [ -s c2.txt ]
  done
  cmp <(grep -v '^#' scored.vcf.gz.vcf) <(grep -v '^#' scored.bcf.vcf)
  bcftools view some.vcf > before.vcf
  oracle untouched <(grep -v '^##bcftools' before.vcf) <(grep -v '^##bcftools' scored.bcf.vcf)
  # From BCF, from a pipe, from gzip.
  bcftools view -Ob -o some.bcf some.vcf
  variants -q --genome genome.fa --annotation genes.gtf some.bcf | grep -v '^#' | cmp - <(grep -v '^#' scored.bcf.vcf)
  variants -q --genome genome.fa --annotation genes.gtf -o twice.bcf - < some.bcf
  cmp <(bcftools view -H twice.bcf) <(bcftools view -H scored.bcf)
  variants -q --genome genome.fa --annotation genes.gtf some.vcf > plain.vcf
  gzip -c some.vcf | variants -q --genome genome.fa --annotation genes.gtf - | cmp - plain.vcf
  variants -q --threads 4 --batch-windows 50 --genome genome.fa --annotation genes.gtf some.vcf | cmp - plain.vcf
  # Each ALT takes its own number along, and its entries can be told by their first field.
  bcftools norm -m - scored.vcf.gz 2> log | bcftools query -f '%ALT\t%IRES_DLOGIT\t%IRES\n' > split.txt
  python3 - <<'PY'
several = 0
for line in open("split.txt"):
    alt, change, entries = line.rstrip("\n").split("\t")
    if entries == ".":
        continue
    own = [entry.split("|") for entry in entries.split(",") if entry.split("|")[0] == alt]
    scored = [float(entry[9]) for entry in own if entry[4] == "scored"]
    several += len({entry.split("|")[0] for entry in entries.split(",")}) > 1
    assert (change == ".") == (not scored), line
    assert not scored or float(change) == max(scored, key=abs), line
assert several
PY
  bcftools +split-vep -a IRES -f '%POS %Allele %Transcript %DeltaLogit %Consequence\n' -d scored.vcf.gz > rows.txt
  grep -q '^[0-9]* [ACGT]* c1g[0-9]%7Ct%3D0 -\?[0-9.e-]* kept$' rows.txt
  assert [ "$(bcftools view -H -i 'abs(IRES_DLOGIT) >= 0' scored.vcf.gz | wc -l)" -gt 10 ]
}

@test "bad alleles, another build, contigs that differ, unsorted: told apart, nothing lost" {
  made
  run --separate-stderr variants --genome genome.fa --annotation genes.gtf -o scored.vcf all.vcf
  assert_success
  for words in "have another REF" "are symbolic" "are '*'" "span an exon's boundary"; do
    [[ $stderr == *"$words"* ]] || fail "$words: $stderr"
  done
  # Shifted by some bases: another build.
  awk -v OFS='\t' '!/^#/ { $2 += 5 } 1' FS='\t' all.vcf > other.vcf
  run --separate-stderr variants --genome genome.fa --annotation genes.gtf -o scored.vcf other.vcf
  assert_success
  [[ $stderr == *"another build"* ]] || fail "$stderr"
  oracle untouched other.vcf scored.vcf
  sed '/^##contig=<ID=c1/s/length=/length=9/' all.vcf > lengths.vcf
  run --separate-stderr variants --genome genome.fa -o scored.vcf lengths.vcf
  assert_success
  [[ $stderr == *"its header gives contig 'c1' 9"* ]] || fail "$stderr"
  # Not sorted: as it came, without an index.
  (grep '^#' all.vcf; grep -v '^#' all.vcf | tac) > back.vcf
  run --separate-stderr variants --genome genome.fa --annotation genes.gtf -o back.vcf.gz back.vcf
  assert_success
  [[ $stderr == *"not sorted by place"* && $stderr == *"no index"* ]] || fail "$stderr"
  assert [ ! -e back.vcf.gz.tbi ]
  oracle untouched back.vcf <(zcat back.vcf.gz)
  # A contig that the genome has not; BCF needs it in the header.
  sed 's/^c2/chr2/' all.vcf > named.vcf
  run --separate-stderr variants --genome genome.fa -o scored.vcf named.vcf
  assert_success
  [[ $stderr == *"contigs that the genome has not"* ]] || fail "$stderr"
  oracle untouched named.vcf scored.vcf
  run --separate-stderr variants -q --genome genome.fa -o named.bcf named.vcf
  one_line_error 1
  [[ $stderr == *"BCF needs"* ]] || fail "$stderr"
  # An allele of no bases, which BCF has no form for.
  sed '0,/^c1/s/^\(c1\t[0-9]*\t[^\t]*\t[A-Z]*\t\)/\1A,,/' all.vcf > nothing.vcf
  grep -q ',,' nothing.vcf
  variants -q --genome genome.fa -o scored.vcf nothing.vcf
  oracle untouched nothing.vcf scored.vcf
  run --separate-stderr variants -q --genome genome.fa -o nothing.bcf nothing.vcf
  one_line_error 1
  [[ $stderr == *"no sound VCF"* ]] || fail "$stderr"
  sed 's/c\([12]\)/chr\1/' all.vcf > none.vcf
  run --separate-stderr variants -q --genome genome.fa -o scored.vcf none.vcf
  one_line_error 1
  [[ $stderr == *"none of the contigs of the header: it has 'c1', the header 'chr1'"*--rename-chrs* ]] || fail "$stderr"
}

@test "no record's contig is the genome's: an error, whatever the header says" {
  made 10
  grep -v '^##contig' all.vcf | sed 's/^c\([12]\)/chr\1/' > none.vcf
  for background in 0 30; do
    BACKGROUND=$background run --separate-stderr variants -q --genome genome.fa -o scored.vcf none.vcf
    one_line_error 1
    [[ $stderr == *"none of the contigs of the records: it has 'c1', the records 'chr"*none.vcf*--rename-chrs* ]] || fail "$stderr"
  done
  assert [ -z "$(find . -name 'scored*')" ]
  # One record is enough, and so is none.
  { grep '^##' none.vcf; grep -e '^#CHROM' none.vcf; grep -m 1 '^c1' all.vcf; grep -v '^#' none.vcf; } > some.vcf
  variants -q --genome genome.fa -o scored.vcf some.vcf
  grep '^#' none.vcf > header.vcf
  variants -q --genome genome.fa -o scored.vcf header.vcf
}

@test "INFO: a field of ours that is not declared is refused; a semicolon at the end is not doubled" {
  made 10
  for field in 'IRES=5' 'IRES' 'DP=3;IRES_DLOGIT=1' 'IRES=5;DP=3'; do
    sed "0,/^c1/s/^\(c1\t.*\t\)\(AF=[0-9.,]*\|\.\)\tGT/\1$field\tGT/" all.vcf > ours.vcf
    grep -q "$field" ours.vcf
    for output in vcf bcf; do
      run --separate-stderr variants -q --genome genome.fa -o out.$output ours.vcf
      one_line_error 1
      [[ $stderr == *"has an INFO field IRES"*" already"*"record 1"*"sed "* ]] || fail "$stderr"
      assert [ ! -e out.$output ]
    done
    variants -q --genome genome.fa -o out.tsv ours.vcf
    rm out.tsv
  done
  sed '/^#/! s/\bIRES=/OLD_&/' ours.vcf > renamed.vcf
  variants -q --genome genome.fa -o out.vcf renamed.vcf
  # Names that only begin as ours do, and values.
  sed "0,/^c1/s/^\(c1\t.*\t\)\(AF=[0-9.,]*\|\.\)\tGT/\1IRESITE=2;X=IRES;Y=a,IRES=\tGT/" all.vcf > names.vcf
  variants -q --genome genome.fa -o out.vcf names.vcf
  oracle untouched names.vcf out.vcf
  for ending in 'DP=3;' 'DP=3;;' ';'; do
    sed "s/^\(c1\t.*\t\)\(AF=[0-9.,]*\|\.\)\tGT/\1$ending\tGT/" all.vcf > ending.vcf
    variants -q --genome genome.fa -o out.vcf ending.vcf
    grep -v '^#' out.vcf | cut -f 8 | grep IRES= > info.txt
    assert [ -s info.txt ]
    run grep -e ';;' -e '^;' info.txt
    assert_output ""
    if [[ $ending == D* ]]; then assert_equal "$(grep '^c1' out.vcf | cut -f 8 | grep IRES= | cut -c 1-10 | sort -u)" "DP=3;IRES="; fi
  done
}

@test "inserted before the first or after the last base of a contig: a status of its own" {
  made 10
  first=$(sed -n 2p genome.fa | cut -c 1) size=$(awk '/^>/ { n++; next } n == 1 { size += length($0) } END { print size }' genome.fa)
  last=$(awk '/^>/ { n++; next } n == 1 { text = text $0 } END { print substr(text, length(text)) }' genome.fa)
  {
    grep '^#' all.vcf | sed '$s/\tFORMAT.*//'
    printf 'c1\t1\t.\t%s\tNN%s\t.\t.\t.\nc1\t%s\t.\t%s\t%sNN\t.\t.\t.\n' "$first" "$first" "$size" "$last" "$last"
  } > ends.vcf
  run --separate-stderr variants --genome genome.fa -o out.tsv ends.vcf
  assert_success
  assert_equal "$(tail -n +2 out.tsv | cut -f 8 | uniq -c | xargs)" "4 contig_end"
  [[ $stderr == *"insert bases before the first or after the last base of their contig are not scored: 2 ("* ]] || fail "$stderr"
  variants -q --genome genome.fa --annotation genes.gtf -o out.tsv ends.vcf
  assert_equal "$(tail -n +2 out.tsv | cut -f 8 | uniq -c | xargs)" "2 outside"
  run "$IRESWEEP" variants --help
  for word in contig_end no_window 'half of those'; do assert_output --partial "$word"; done
}

@test "files that are none, cut short, or came from here; wrong uses" {
  made 10
  bgzip -k all.vcf
  head -c 600 all.vcf.gz > cut.vcf.gz
  sed 's/^c1\t[0-9]*/c1/' all.vcf > columns.vcf
  sed 's/^c1\t/c1\tx/' all.vcf > position.vcf
  sed '$s/$/;x=\x00/' all.vcf > zero.vcf
  sed 's/^##contig=<ID=c1/&,IDX=60000000/' all.vcf > index.vcf
  grep -v '^#CHROM' all.vcf > headless.vcf
  head -n 3 all.vcf > short.vcf
  variants -q --genome genome.fa -o twice.vcf all.vcf
  touch empty.vcf
  for file in cut.vcf.gz columns.vcf position.vcf zero.vcf index.vcf headless.vcf short.vcf twice.vcf empty.vcf genome.fa genes.gtf absent.vcf; do
    run --separate-stderr variants -q --genome genome.fa -o out.vcf $file
    one_line_error 1
    [[ $stderr == *"$file"* ]] || fail "$stderr"
    assert [ ! -e out.vcf ]
  done
  run --separate-stderr variants -q --genome genome.fa - < cut.vcf.gz
  assert_failure 1
  for words in "-o out.txt all.vcf" "-o all.vcf all.vcf" "--strict all.vcf" "--threshold 2 all.vcf" "--null-rate 0.1 all.vcf" ""; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr "$IRESWEEP" variants --model "$MODEL" -q --genome genome.fa $words
    one_line_error 2
  done
  run --separate-stderr "$IRESWEEP" variants -q all.vcf
  one_line_error 2
}

@test "the same percentiles for a seed; none without a background" {
  made
  variants -q --genome genome.fa --seed 1 -o one.tsv all.vcf
  variants -q --genome genome.fa --seed 2 -o two.tsv all.vcf
  run -1 cmp one.tsv two.tsv
  cmp <(cut -f 1-13,15- one.tsv) <(cut -f 1-13,15- two.tsv)
  BACKGROUND=0 variants -q --genome genome.fa -o none.tsv all.vcf
  assert_equal "$(cut -f 14 none.tsv | sort -u | tr '\n' ' ')" ". percentile "
}

@test "Ensembl, chr9 and PacBio, chr22: every allele as two scans of the edited sequences" {
  shared data/bambu_chr9
  cp "$SHARED"/Homo*.fa genome.fa
  equals_scans genome.fa "$(echo "$SHARED"/*.gtf)" "$(fewer 40 10)"
  shared data/chr22_sqanti
  zcat "$SHARED/chr22.GRCh38.exonic.fa.gz" > genome.fa
  rm genome.fa.fai
  zcat "$SHARED/UHR_chr22.filtered.gtf.gz" > genes.gtf
  equals_scans genome.fa genes.gtf "$(fewer 25 8)"
}
