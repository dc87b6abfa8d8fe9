#!/usr/bin/env bash
# Inputs far larger than memory may grow: a record of 250 Mb on one line, the same with 100,000 transcripts on it, and
# 500,000 short records. Each scan stays below 300 MB and covers every base. Wants the release preset built.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build/release/tests/seeded_model "$work/model.safetensors"

# make_fasta RECORDS LENGTH: random bases, every record of LENGTH letters on one line.
make_fasta() {
  python3 - "$@" <<'END'
import random, sys
records, length = map(int, sys.argv[1:])
random.seed(records)
# One stretch of a megabase, cut anew for every record: cheap to make and without a short period.
stretch = "".join(random.choices("ACGT", k=1 << 20)) * 2
for record in range(records):
    sys.stdout.write(f">r{record}\n")
    left = length
    while left:
        piece = min(left, 1 << 20)
        start = random.randrange(1 << 20)
        sys.stdout.write(stretch[start : start + piece])
        left -= piece
    sys.stdout.write("\n")
END
}

# make_annotation LENGTH: GTF of genes with four isoforms of ten exons all over a contig r0 of that length.
make_annotation() {
  python3 - "$@" <<'END'
import random, sys
random.seed(1)
genes, length = 25_000, int(sys.argv[1])
for gene in range(genes):
    strand, at, exons = random.choice("+-"), gene * (length // genes), []
    for _ in range(12):
        at += random.randrange(100, 500)
        exons.append((at + 1, at := at + random.randrange(50, 250)))
    for isoform in range(4):
        ids = f'gene_id "ENSG{gene:011}.1"; transcript_id "ENST{4 * gene + isoform:011}.1"; gene_name "N{gene}"; level 2;'
        for first, last in sorted(random.sample(exons, 10)):
            sys.stdout.write(f"r0\tmade\texon\t{first}\t{last}\t.\t{strand}\t.\t{ids}\n")
END
}

# scan NAME BASES FILE [OPTION...]
scan() {
  local name=$1 bases=$2 file=$3 begin=$SECONDS
  shift 3
  python3 - build/release/tools/iresweep scan --quiet --no-progress --model "$work/model.safetensors" \
    --threshold 0.99 --summary "$work/$name.json" -o "$work/$name.bed" "$@" "$file" <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"note: peak memory {peak} MB")
sys.exit(not peak <= 300)
END
  grep -Eq "\"bases\": *$bases\b" "$work/$name.json" || { echo "$name: the summary does not count $bases bases"; exit 1; }
  echo "note: $name: $bases bases, $((SECONDS - begin)) s"
}

make_fasta 1 250000000 >"$work/line.fa"
scan one_line 250000000 "$work/line.fa"
make_annotation 250000000 >"$work/genes.gtf"
bases=$(awk '{ sum += $5 - $4 + 1 } END { printf "%.0f", sum }' "$work/genes.gtf")
scan transcripts "$bases" "$work/line.fa" --annotation "$work/genes.gtf" --step 1000 --collapse
rm "$work"/{line.fa,genes.gtf}
make_fasta 500000 200 >"$work/short.fa"
scan short 100000000 "$work/short.fa"
