#!/usr/bin/env bats
# What is written: formats, coordinates, order, summary; and the model tools.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  prepare
  fasta 30 20 2000 > in.fa
}

@test "BED: bedtools reads it, fields agree in number, coordinates lie on the records" {
  scan -q --strand both --threshold 0.6 -o hits.bed in.fa
  assert [ "$(grep -vc '^#' hits.bed)" -gt 10 ]
  bedtools sort -i hits.bed > sorted.bed
  assert_equal "$(wc -l < sorted.bed)" "$(grep -vc '^#' hits.bed)"
  awk -F '\t' -v OFS='\t' 'NR == FNR { if (/^>/) name = substr($1, 2, index($1, " ") - 2); else size[name] = length; next }
    NF != 18 || $3 > size[$1] || $2 < 0 || $2 >= $3 || $7 < $2 || $8 > $3 || $5 != int(1000 * $10 + 0.5) \
      || !($10 > 0.6) || $7 != $13 || $8 != $14 || $4 != $1 { print; bad = 1 }
    END { exit bad }' in.fa <(grep -v '^#' hits.bed)
  # Order of the input.
  assert_equal "$(grep -v '^#' hits.bed | cut -f 1 | uniq)" "$(sed -n 's/^>\(r[0-9]*\).*/\1/p' in.fa | grep -wFf <(cut -f 1 hits.bed))"
}

@test ".bed.gz: bgzip and a tabix index that answers" {
  scan -q --threshold 0.6 -o hits.bed in.fa
  scan -q --threshold 0.6 -o hits.bed.gz in.fa
  assert [ -e hits.bed.gz.tbi ]
  zcat hits.bed.gz | cmp - hits.bed
  local name
  name=$(grep -v '^#' hits.bed | tail -n 1 | cut -f 1)
  tabix hits.bed.gz "$name" | cmp - <(grep -P "^$name\t" hits.bed)
}

@test "regions, windows and best agree with each other" {
  scan -q --threshold 0.6 --report windows -o windows.tsv in.fa
  scan -q --threshold 0.6 -o regions.tsv in.fa
  scan -q --report best -o best.tsv in.fa
  assert_equal "$(tail -n +2 best.tsv | wc -l)" 30
  # The windows of all regions are the windows called.
  assert_equal "$(awk -F '\t' 'NR > 1 { sum += $7 } END { print sum }' regions.tsv)" "$(tail -n +2 windows.tsv | wc -l)"
  # A region's score is the greatest of its windows'.
  awk -F '\t' 'FNR == 1 { next } NR == FNR { if ($2 > best[$1]) best[$1] = $2; next } { if ($2 > top[$1]) top[$1] = $2 }
    END { for (name in best) if (best[name] != top[name]) exit 1 }' windows.tsv regions.tsv
}

@test "every format holds the same rows" {
  scan -q --threshold 0.6 -o hits.bed in.fa
  scan -q --threshold 0.6 -o hits.csv in.fa
  scan -q --threshold 0.6 -o hits.tsv in.fa
  scan -q --threshold 0.6 -o hits.csv.gz in.fa
  zcat hits.csv.gz | cmp - hits.csv
  tr ',' '\t' < hits.csv | cmp - hits.tsv
  paste <(grep -v '^#' hits.bed) <(tail -n +2 hits.tsv) | awk -F '\t' '
    $1 != $19 || $2 + 1 != $21 || $3 != $22 || $12 != $25 || ($10 - $20) ^ 2 > 1e-12 { print; bad = 1 } END { exit bad || !NR }'
}

@test "best as CSV has the published columns" {
  scan -q --report best -o best.csv in.fa
  assert_equal "$(head -n 1 best.csv)" name,score,start,stop
  assert_equal "$(awk -F , 'NF != 4' best.csv)" ""
}

@test "the summary counts what was done, and the closing lines say so" {
  printf '>empty\n' >> in.fa
  scan --threshold 0.6 --summary run.json -o hits.bed in.fa 2> log
  python3 - <<'PY'
import json
run = json.load(open("run.json"))
assert run["command"] == "iresweep scan --model " + run["command"].split()[3] + " --no-progress --threshold 0.6 --summary run.json -o hits.bed in.fa", run["command"]
assert run["records"] == 31 and run["empty_records"] == 1
bases = sum(len(line) - 1 for line in open("in.fa") if line[0] != ">")
assert run["bases"] == run["inputs"][0]["bases"] == bases
rows = [line for line in open("hits.bed") if line[0] != "#"]
assert run["counts"]["rows"] == run["counts"]["loci"] == len(rows) > 0
assert run["counts"]["called"] == sum(int(row.split("\t")[11]) for row in rows)
assert run["threshold"]["score"] == 0.6 and run["device"].startswith("cpu, ") and run["peak_memory_bytes"] > 0
PY
  grep -q 'Mb/s' log
}

@test "output bytes hold no path and no time" {
  scan -q --threshold 0.6 -o a.bed in.fa
  mkdir elsewhere
  cp in.fa elsewhere/other.fa
  (cd elsewhere && scan -q --threshold 0.6 -o ../b.bed - < other.fa)
  cmp a.bed b.bed
}

@test "the minus strand is the plus strand of the reverse complement" {
  fasta 1 1174 1174 > one.fa # the windows of both strands are the same stretches
  { head -n 1 one.fa; tail -n 1 one.fa | tr ACGT TGCA | rev; } > reverse.fa
  scan -q --strand - --threshold 0.01 --report windows -o minus.tsv one.fa
  scan -q --threshold 0.01 --report windows -o plus.tsv reverse.fa
  assert_equal "$(tail -n +2 minus.tsv | wc -l)" 21
  awk -F '\t' 'FNR > 1 { print 1175 - $4, 1175 - $3, $2 }' minus.tsv | sort -n > turned
  awk -F '\t' 'FNR > 1 { print $3, $4, $2 }' plus.tsv | sort -n | cmp - turned
}

@test "a megabase of N gives no hit, and is counted" {
  { echo ">gap"; head -c 1000000 /dev/zero | tr '\0' N; echo; } > gap.fa
  scan --threshold 0.01 --summary run.json -o gap.bed gap.fa 2> log
  assert_equal "$(grep -vc '^#' gap.bed)" 0
  grep -Eq '1999[0-9] windows|20000 windows' log
}

@test "--max-missing decides which windows may be called" {
  { echo ">a"; tail -n +2 in.fa | grep -v '>' | tr -d '\n' | head -c 160; printf 'NNNNNNNNNNNNNN\n'; } > a.fa
  assert_equal "$(scan -q --threshold 0.01 a.fa | grep -vc '^#')" 0
  assert_equal "$(scan -q --threshold 0.01 --max-missing 13 a.fa | grep -vc '^#')" 0
  assert_equal "$(scan -q --threshold 0.01 --max-missing 14 a.fa | grep -vc '^#')" 1
}

@test "--name-until cuts names" {
  sed -i 's/^>r\([0-9]*\)/>r\1|x|/' in.fa
  scan -q --report best --name-until '|' -o cut.tsv in.fa
  assert_equal "$(awk -F '\t' 'NR == 3 { print $1 }' cut.tsv)" r1
}

@test "with a null table: p of every row, a default rate, and what composition alone would give" {
  "$IRESWEEP" model calibrate -q --model "$MODEL" --windows 10000 -o null.safetensors in.fa > rates.txt
  fasta 1 300000 300000 5 > long.fa
  MODEL=null.safetensors
  scan --report windows --summary run.json -o hits.tsv long.fa 2> log
  python3 - <<'PY'
import json
run = json.load(open("run.json"))
rows = [line.split("\t") for line in open("hits.tsv")][1:]
assert run["threshold"]["null_rate"] == 0.001, run["threshold"]
assert all(0 < float(row[5]) <= 0.001 for row in rows)
expected = run["counts"]["called_by_composition"]
assert 0 < expected <= 0.001 * run["counts"]["windows"], expected
PY
  grep -q composition log
  # A greater rate calls more, and all that the smaller one called.
  scan -q --report windows --null-rate 0.1 -o more.tsv long.fa
  assert [ "$(wc -l < more.tsv)" -gt "$(wc -l < hits.tsv)" ]
  assert_equal "$(grep -cvxFf more.tsv hits.tsv)" 0
  # A threshold of one's own keeps p.
  scan -q --report windows --threshold 0.6 -o own.tsv long.fa
  awk -F '\t' 'NR > 1 && !($6 > 0 && $6 <= 1) { exit 1 } END { exit NR < 2 }' own.tsv
}

@test "an earlier output stays until the new one is complete" {
  echo old > hits.bed
  printf '>a\nAC!T\n' > bad.fa
  run --separate-stderr scan -q -o hits.bed in.fa bad.fa
  one_line_error 1
  assert_equal "$(cat hits.bed)" old
  assert_equal "$(ls)" "$(printf 'bad.fa\nhits.bed\nin.fa')"
}

@test "model show tells what is in a file; convert keeps every weight" {
  run --separate-stderr "$IRESWEEP" model show "$MODEL"
  assert_success
  assert_line --regexp '^window +174 bases'
  assert_line --regexp '^hash +[0-9a-f]{32}'
  "$IRESWEEP" model show --json "$MODEL" > a.json
  "$IRESWEEP" model convert "$MODEL" b.safetensors
  "$IRESWEEP" model show --json b.safetensors > b.json
  python3 -c 'import json; a, b = json.load(open("a.json")), json.load(open("b.json")); assert a["hash"] == b["hash"] and a["null_table"] is None'
  scan -q --report best in.fa > a.bed
  MODEL=b.safetensors scan -q --report best in.fa | cmp - a.bed
  run --separate-stderr "$IRESWEEP" model show nowhere
  one_line_error 1
  head -c 5000 "$MODEL" > cut.safetensors
  run --separate-stderr "$IRESWEEP" model show cut.safetensors
  one_line_error 1
}
