#!/usr/bin/env bats
# --track: what browsers and their libraries read.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 30 20 3000 > in.fa
}

# Runs a Python script that reads bigWig files as others do: Debian's Python has the library.
bigwig() {
  /usr/bin/python3 -c 'import pyBigWig' 2> /dev/null || skip "no pyBigWig"
  /usr/bin/python3 -
}

@test "bigWig and bedGraph hold every window's score, on the bases around its centre" {
  scan -q --strand both --track t --report windows --threshold 0.000001 --max-missing 3 -o all.tsv in.fa
  scan -q --strand both --track t --track-format bedgraph --max-missing 3 -o hits.bed in.fa
  bigwig << 'PY'
import pyBigWig
rows = [line.split("\t") for line in open("all.tsv")][1:]
windows = {}
for name, score, start, stop, strand, *rest in rows:
    windows.setdefault((name, strand), []).append((int(start) - 1, int(stop), float(score)))
values = 0
for strand, file in ("+", "plus"), ("-", "minus"):
    track = pyBigWig.open(f"t.{file}.bw")
    sizes = {}
    for line in open("in.fa"):
        if line[0] == ">": name = line[1:].split()[0]
        else: sizes[name] = len(line) - 1
    assert track.chroms() == sizes
    graph = {}
    for line in open(f"t.{file}.bedgraph"):
        name, start, end, value = line.split("\t")
        graph.setdefault(name, []).append((int(start), int(end), float(value)))
    for name in sizes:
        found = list(track.intervals(name) or [])
        text = graph.get(name, [])
        assert [value[:2] for value in found] == [value[:2] for value in text], name
        assert all(abs(a[2] - b[2]) < 1e-7 for a, b in zip(found, text)), name
        wanted = []
        for start, stop, score in sorted(windows.get((name, strand), [])):
            centre = (start + stop) // 2
            first, last = max(start, centre - 25), min(stop, centre + 25)
            if wanted:
                middle = (wanted[-1][3] + centre + 1) // 2
                wanted[-1][1], first = min(wanted[-1][1], middle), max(first, middle)
            wanted.append([first, last, score, centre])
        assert [(s, e) for s, e, *_ in wanted] == [(s, e) for s, e, _ in found], (name, strand, wanted, found)
        assert all(abs(a[2] - b[2]) < 1e-6 for a, b in zip(wanted, found))
        values += len(found)
    assert track.header()["nBasesCovered"] == sum(e - s for n in sizes for s, e, _ in track.intervals(n) or [])
assert values == len(rows) > 500, (values, len(rows))
PY
  bedtools map -a <(bedtools sort -i <(grep -v '^#' hits.bed)) -b <(bedtools sort -i t.plus.bedgraph) -c 4 -o max > mapped
  awk -F '\t' '$6 == "+" && !($NF >= $10 - 1e-6) { exit 1 }' mapped
}

@test "zoom levels: means, extremes and cover as the values have them" {
  fasta 3 30000 200000 > long.fa
  scan -q --track t -o hits.bed long.fa
  bigwig << 'PY'
import pyBigWig
track = pyBigWig.open("t.plus.bw")
assert track.header()["nLevels"] >= 3, track.header()
compared = 0
for name, size in track.chroms().items():
    # Bins that are sums of a level's own: 500, 2000 and 8000 bases at this step.
    for width in 1000, 4000, 16000:
        end = size // width * width
        if end == 0: continue
        for kind in "mean", "max", "min", "coverage":
            near = track.stats(name, 0, end, type=kind, nBins=end // width)
            exact = track.stats(name, 0, end, type=kind, nBins=end // width, exact=True)
            assert all(abs(a - b) < 1e-4 for a, b in zip(near, exact)), (name, width, kind, near, exact)
            compared += len(exact)
assert compared > 500
PY
}

@test "bytes do not depend on threads and batches" {
  scan -q --strand both --step 7 --track a --threads 1 -o a.bed in.fa
  scan -q --strand both --step 7 --track b --threads 3 --batch-windows 13 -o b.bed in.fa
  scan -q --strand both --step 7 --track a --track-format bedgraph --threads 1 -o a.bed in.fa
  scan -q --strand both --step 7 --track b --track-format bedgraph --threads 3 --batch-windows 13 -o b.bed - < in.fa
  for name in plus.bw minus.bw plus.bedgraph minus.bedgraph; do cmp a.$name b.$name; done
}

@test "regions: values lie on their contig, whose whole size the file knows" {
  fasta 2 9000 9000 > two.fa
  scan -q --track t --regions r1:1001-3000 -o hits.bed two.fa
  bigwig << 'PY'
import pyBigWig
track = pyBigWig.open("t.plus.bw")
assert track.chroms() == {"r0": 9000, "r1": 9000} and not track.intervals("r0")
values = track.intervals("r1")
assert values[0][:2] == (1062, 1112) and len(values) == 38 and values[-1][1] <= 3000, values
PY
}

@test "what cannot be a bigWig is refused before anything is scored" {
  run --separate-stderr scan -q --track t -o hits.bed - < in.fa
  one_line_error 2
  sed 's/^>r7 />r3 /' in.fa > twice.fa
  run --separate-stderr scan -q --track t -o hits.bed twice.fa
  one_line_error 1
  [[ $stderr == *"'r3'"* ]] || fail "$stderr"
  # shellcheck disable=SC2016
  run --separate-stderr bash -c '"$0" scan -q --model "$MODEL" --track t -o hits.bed <(cat in.fa)' "$IRESWEEP"
  one_line_error 1
  run --separate-stderr scan -q --track nowhere/t -o hits.bed in.fa
  one_line_error 1
  run --separate-stderr scan -q --track t --summary t.plus.bw -o hits.bed in.fa
  one_line_error 2
  assert_equal "$(ls)" "$(printf 'in.fa\ntwice.fa')"
  # Names that are shared are one contig of a bedGraph.
  scan -q --track t --track-format bedgraph -o hits.bed twice.fa
  assert_equal "$(cut -f 1,2 t.plus.bedgraph | sort | uniq -d)" ""
}

@test "no value: a file all the same" {
  printf '>a\nACGT\n>empty\n>b\n%s\n' "$(printf 'N%.0s' {1..500})" > none.fa
  scan -q --track t --strand both -o hits.bed none.fa
  bigwig << 'PY'
import pyBigWig
for strand in "plus", "minus":
    track = pyBigWig.open(f"t.{strand}.bw")
    assert track.chroms() == {"a": 4, "b": 500} and track.header()["nBasesCovered"] == 0
    assert not track.intervals("b") and track.stats("b") == [None]
PY
}

@test "more contigs than one node of the tree holds" {
  fasta 600 174 180 | sed 's/^>r/>transcript_with_a_name_/' > many.fa
  scan -q --track t -o hits.bed many.fa
  bigwig << 'PY'
import pyBigWig
track = pyBigWig.open("t.plus.bw")
assert len(track.chroms()) == 600
assert all(len(track.intervals(name)) in (1, 2) for name in track.chroms())
PY
}

@test "a full disk: one line, and nothing stays" {
  mkdir disk
  mount -t tmpfs -o size=64k tmpfs disk 2> /dev/null || skip "may not mount a tmpfs"
  fasta 1 300000 300000 > long.fa
  for format in bigwig bedgraph; do
    run --separate-stderr scan -q --step 3 --track disk/t --track-format $format --threshold 0.9999999 -o hits.bed long.fa
    local left
    left=$(ls -A disk)
    [[ $status == 1 && ${#stderr_lines[@]} == 1 && $stderr == *"No space left"*disk/t* && ! $left && ! -e hits.bed ]] ||
      { umount disk; fail "$format: $status, '$stderr', left '$left'"; }
  done
  umount disk
}

@test "--sort: the same rows, by reference or by name; records that share a name can be indexed then" {
  fasta 12 3000 6000 > twelve.fa
  scan -q --threshold 0.6 --strand both -o input.bed twelve.fa
  scan -q --threshold 0.6 --strand both --sort reference -o reference.bed twelve.fa
  scan -q --threshold 0.6 --strand both --sort name -o name.bed twelve.fa
  cmp reference.bed input.bed
  { head -n 1 input.bed; tail -n +2 input.bed | LC_ALL=C sort -s -k1,1 -k2,2n -k3,3n; } | cmp - name.bed
  run cmp -s name.bed input.bed
  assert_failure
  cat twelve.fa twelve.fa > twice.fa
  scan -q --threshold 0.6 --sort reference -o twice.bed.gz twice.fa
  assert_equal "$(tabix twice.bed.gz r11 | wc -l)" "$((2 * $(grep -c '^r11.*+' input.bed)))"
  # Regions come merged and by place; the order of the file is the reference's.
  scan -q --threshold 0.6 --sort name --regions r2:1-3000,r10 -o some.bed twelve.fa
  assert_equal "$(grep -v '^#' some.bed | cut -f 1 | uniq | xargs)" "r10 r2"
  scan -q --threshold 0.6 --sort name -o sorted.tsv twelve.fa
  assert_equal "$(tail -n +2 sorted.tsv | cut -f 1)" "$(grep -P '\t\+\t' name.bed | cut -f 1)"
}

@test "--track-line: the first line, which index and tools pass over" {
  scan -q --threshold 0.6 --track-line 'my "hits"' --track t --track-format bedgraph -o hits.bed.gz in.fa
  assert_equal "$(zcat hits.bed.gz | head -n 1)" "track itemRgb=\"On\" name=\"my 'hits'\" description=\"my 'hits'\""
  scan -q --threshold 0.6 -o plain.bed in.fa
  zcat hits.bed.gz | tail -n +2 | cmp - plain.bed
  local name
  name=$(grep -v '^#' plain.bed | tail -n 1 | cut -f 1)
  tabix hits.bed.gz "$name" | cmp - <(grep -P "^$name\t" plain.bed)
  assert_equal "$(bedtools merge -i <(zcat hits.bed.gz) | wc -l)" "$(bedtools merge -i plain.bed | wc -l)"
  [[ $(head -n 1 t.plus.bedgraph) == "track type=bedGraph "* ]]
  run --separate-stderr scan -q --track-line x -o hits.csv in.fa
  one_line_error 2
}
