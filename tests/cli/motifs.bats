#!/usr/bin/env bats
# `iresweep motifs` as a user meets it.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 60 174 400 | sed 's/^>r\([0-9]*[02468]\) .*/>r\1|1|/; s/^>r\([0-9]*[13579]\) .*/>r\1|0|/' > set.fa
}

motifs() { "$IRESWEEP" motifs --model "$MODEL" --no-progress "$@"; }

@test "motifs are the highest sums of explain's values, of the best true positives" {
  motifs -q --top 0.4 -o x.tsv set.fa
  "$IRESWEEP" explain -q --model "$MODEL" --methods gradcam -o bases.tsv set.fa
  python3 - << 'PY'
rows = [line.rstrip("\n").split("\t") for line in open("x.tsv")][1:]
windows = {}
for line in list(open("bases.tsv"))[1:]:
    _, name, score, _, position, _, base, value = line.rstrip("\n").split("\t")
    windows.setdefault(name, (float(score), []))[1].append((int(position), base, float(value)))
cut = sorted((score for score, _ in windows.values()), reverse=True)[23]
wanted = [name for name, (score, _) in windows.items() if score >= cut and score > 0.5 and name.endswith("|1|")]
assert [row[0] for row in rows] == wanted and len(wanted) > 3, (rows, wanted)
for name, score, window_start, window_stop, start, stop, motif, total in rows:
    bases = windows[name][1]
    assert (int(window_start), int(window_stop)) == (bases[0][0], bases[-1][0])
    sums = [sum(value for _, _, value in bases[i : i + 10]) for i in range(165)]
    first = int(start) - int(window_start)
    assert abs(sums[first] - float(total)) < 1e-4 * float(total) and max(sums) <= float(total) * (1 + 1e-4)
    assert motif == "".join(base for _, base, _ in bases[first : first + 10]) and int(stop) - int(start) == 9
PY
}

@test "arrays hold the best window of every record, and what attention makes of it" {
  /usr/bin/python3 -c 'import numpy' 2> /dev/null || skip "no numpy"
  motifs -q --arrays x.npz -o x.tsv set.fa
  motifs -q --threads 3 --batch-windows 7 --arrays y.npz -o y.tsv set.fa
  cmp x.npz y.npz
  scan -q --report best -o best.tsv set.fa
  /usr/bin/python3 - << 'PY'
import numpy
arrays = numpy.load("x.npz")
header, *rows = [line.rstrip("\n").split("\t") for line in open("best.tsv")]
sequences = {record.split("\n")[0].split()[0]: record.split("\n")[1] for record in open("set.fa").read().split(">")[1:]}
assert len(rows) == len(sequences) == len(arrays["label"]) == 60 and arrays["attention"].shape == (60, 16)
for i, row in enumerate(rows):
    best = dict(zip(header, row))
    assert arrays["name"][i].decode() == best["name"] and arrays["label"][i] == (best["name"].split("|")[1] == "1")
    assert abs(arrays["score"][i] - float(best["score"])) < 2e-6
    assert arrays["sequence"][i].decode() == sequences[best["name"]][int(best["start"]) - 1 : int(best["stop"])]
assert numpy.abs(arrays["attention"]).max(axis=1).min() > 0 and len(numpy.unique(arrays["attention"], axis=0)) == 60
PY
}

@test "bytes do not depend on threads; method and length are chosen" {
  motifs -q --top 0.4 --threads 1 --method mutagenesis --length 6 -o a.tsv set.fa
  motifs -q --top 0.4 --threads 3 --batch-windows 50 --method mutagenesis --length 6 - < set.fa | cmp - a.tsv
  assert_equal "$(tail -n +2 a.tsv | cut -f 7 | awk '{ print length($1) }' | sort -u)" 6
}

@test "wrong usage ends with 2" {
  for arguments in "" "set.fa -o x.csv" "set.fa -o set.fa" "set.fa --length 0" "set.fa --arrays x.tsv" "set.fa --method x" "set.fa --top 0"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr motifs -q $arguments
    one_line_error 2
  done
}
