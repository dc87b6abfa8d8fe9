#!/usr/bin/env bats
# --circular: windows across the junction, rows of two parts, circles of a genome.

load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 12 60 900 > circles.fa
}

# Every window of every circle, read round, as a record of its own.
rounds() {
  python3 - <<'PY'
names, bases = [], []
for line in open("circles.fa"):
    if line[0] == ">":
        names.append(line[1:].split()[0])
    else:
        bases.append(line.strip())
for name, circle in zip(names, bases):
    for start in range(0, len(circle), 50):
        print(f">{name}@{start}\n" + "".join(circle[(start + i) % len(circle)] for i in range(174)))
PY
}

@test "the windows of a circle are those that read round it, on both strands" {
  rounds > rounds.fa
  for strand in + -; do
    scan -q --strand $strand --threshold 0.0001 --report windows -o rounds.tsv rounds.fa
    scan -q --strand $strand --threshold 0.0001 --report windows --circular -o circles.tsv circles.fa
    assert [ "$(wc -l < circles.tsv)" -gt 50 ]
    # Position in the circle and score.
    cmp <(tail -n +2 rounds.tsv | cut -f 1,2 | tr '@' '\t') \
      <(tail -n +2 circles.tsv | awk -F '\t' -v OFS='\t' '{ sub(/:BSJ$/, "", $1); print $1, $3 - 1, $2 }')
  done
}

@test "a hit across the junction is two rows, of one circle and name" {
  scan -q --threshold 0.0001 --report windows --circular -o windows.bed circles.fa
  scan -q --threshold 0.0001 --report windows --circular -o windows.tsv circles.fa
  python3 - <<'PY'
sizes, name = {}, None
for line in open("circles.fa"):
    if line[0] == ">":
        name = line[1:].split()[0]
    else:
        sizes[name] = len(line.strip())
rows = [line.split("\t") for line in open("windows.bed") if line[0] != "#"]
hits = [line.split("\t") for line in open("windows.tsv")][1:]
across = 0
for hit in hits:
    name, start, stop = hit[0], int(hit[2]) - 1, int(hit[3])
    circle = name.removesuffix(":BSJ")
    size = sizes[circle]
    wanted = [(start, stop)] if stop <= size else [(start, size), (0, stop - size)]
    assert (name != circle) == (stop > size or size < 174), hit
    across += len(wanted) > 1
    for first, last in wanted:
        row = rows.pop(0)
        assert (row[0], row[3], int(row[1]), int(row[2])) == (circle, name, first, last), (row, hit)
        assert (row[6], row[7]) == (row[1], row[2]), row
assert not rows and across > 10
PY
}

@test "circles of a genome: the bases under the rows are the circle's" {
  # Back-splices of two strands, of one exon and of several, one shorter than a window.
  samtools faidx circles.fa
  fasta 1 5000 5000 5 > genome.fa
  printf 'r0\t100\t700\tone\t0\t+\t100\t100\t0\t1\t600\t0\nr0\t900\t2400\tthree\t0\t-\t900\t900\t0\t3\t200,100,300\t0,500,1200\nr0\t3000\t3400\tshort\t0\t-\t3000\t3000\t0\t2\t40,60\t0,340\n' > circles.bed
  bedtools getfasta -fi genome.fa -bed circles.bed -split -s -nameOnly 2> /dev/null | sed 's/([+-])$//' > circles.fa
  scan -q --threshold 0.0001 --report windows --circular -o plain.tsv circles.fa
  scan -q --threshold 0.0001 --report windows --circular --annotation circles.bed -o placed.tsv genome.fa
  cut -f 1-10 placed.tsv | cmp - plain.tsv
  scan -q --threshold 0.0001 --report windows --circular --annotation circles.bed -o placed.bed genome.fa
  cut -f 1-12 placed.bed > twelve.bed
  bedtools getfasta -fi genome.fa -bed twelve.bed -split -s 2> /dev/null | grep -v '>' > under.txt
  python3 - <<'PY'
circles, name = {}, None
for line in open("circles.fa"):
    if line[0] == ">":
        name = line[1:].strip()
    else:
        circles[name] = line.strip().upper()
parts = [line.strip().upper() for line in open("under.txt")]
for hit in [line.split("\t") for line in open("placed.tsv")][1:]:
    circle = circles[hit[0].removesuffix(":BSJ")]
    start, stop = int(hit[2]) - 1, int(hit[3])
    bases = parts.pop(0) + (parts.pop(0) if stop > len(circle) else "")
    assert bases == (circle + circle)[start:stop], hit
assert not parts
PY
}

@test "sorted, the rows of both parts stand where they lie" {
  scan -q --threshold 0.0001 --circular --sort reference -o sorted.bed.gz circles.fa
  assert [ -e sorted.bed.gz.tbi ]
  scan -q --threshold 0.0001 --circular -o rows.bed circles.fa
  zcat sorted.bed.gz | grep -v '^#' > sorted.bed
  cmp <(grep -v '^#' rows.bed | sort) <(sort sorted.bed)
  sort -c -s -k 1.2,1n -k 2,2n -k 3,3n sorted.bed
}

@test "bytes do not depend on threads and batches; wrong uses" {
  scan -q --strand both --threshold 0.5 --circular --threads 1 -o one.bed circles.fa
  scan -q --strand both --threshold 0.5 --circular --threads 5 --batch-windows 3 -o more.bed circles.fa
  cmp one.bed more.bed
  grep -q ':BSJ' one.bed
  for words in "--regions r1" "--annotation x.bed --feature cds" "--annotation x.bed --collapse" "--track t" \
    "--html-report r.html" "--expressed x.bam"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr scan -q --circular $words circles.fa
    one_line_error 2
  done
}

@test "real circular RNAs of 174 bases: four windows each, and the junction's are named" {
  shared data/circrna/test_data.fa
  head -n 200 "$SHARED" > real.fa
  records=$(grep -c '>' real.fa)
  scan -q --threshold 0.0001 --max-missing 174 --report windows --circular -o real.tsv real.fa
  assert_equal "$(tail -n +2 real.tsv | wc -l)" "$((4 * records))"
  assert_equal "$(grep -c ':BSJ' real.tsv)" "$((3 * records))"
}
