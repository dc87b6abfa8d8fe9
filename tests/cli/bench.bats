#!/usr/bin/env bats
# `iresweep bench`: what is measured and told; no figure is held to anything.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() { prepare; }

bench() { "$IRESWEEP" bench --model "$MODEL" --repeats 2 --seconds 0.01 --warm-up 0 --batch-windows 64 "$@"; }

@test "every instruction set of this CPU gets a line for each number of threads, on standard output" {
  run --separate-stderr bench --threads 1,2
  assert_success
  local usable
  usable=$("$IRESWEEP" devices | grep -c 'windows  usable')
  assert_equal "$(grep -c 'cpu, .*, [12] thread' <<< "$output")" $((2 * usable))
  assert_line --partial "engine alone"
  assert_line --partial "made-up records"
  refute_line --partial "whole scan"
  [[ $stderr == *measuring:* ]]
}

@test "with FASTA files, whole scans as well; every repeat as JSON" {
  fasta 20 200 2000 > in.fa
  gzip -k in.fa
  run --separate-stderr bench -q --threads 2 --step 25 --json out.json in.fa in.fa.gz
  assert_success
  [[ $stderr != *measuring* ]]
  assert_line --partial "whole scan"
  python3 - <<'PY'
import json
out = json.load(open("out.json"))
assert out["step"] == 25 and out["inputs"] == ["in.fa", "in.fa.gz"] and out["node"]["usable_cpus"] >= 1
assert len(out["engines"]) == len(out["scans"]) >= 1
bases = 2 * sum(len(line.strip()) for line in open("in.fa") if line[0] != ">")
for scan in out["scans"]:
    assert scan["threads"] == 2 and len(scan["repeats"]) == 2
    assert all(repeat["bases"] == bases and repeat["windows"] > 0 for repeat in scan["repeats"])
for one in out["engines"] + out["scans"]:
    rate = one["windows_per_second"]
    assert 0 < rate["lowest"] <= rate["median"] <= rate["highest"]
PY
}

@test "help names every default; wrong usage ends with 2, what is not there with 1" {
  run "$IRESWEEP" bench --help
  assert_success
  awk '/^ +-/ { flush(); text = "" } /^$|^[A-Z]/ { flush(); text = "" } { text = text " " $0 }
    function flush() { if (text ~ /^ +-[^h]/ && text !~ /Default:/) { print "no default: " text; bad = 1 } }
    END { exit bad }' <<< "$output"
  : > empty.fa
  for arguments in "-" "--json - " "--json $MODEL" "--threads 0" "--threads x" "--repeats 0" "--seconds -1" \
    "--seconds nan" "--step 0" "--json empty.fa empty.fa"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr bench $arguments
    one_line_error 2
  done
  for arguments in "--isa mmx" "--device tpu" "nowhere.fa" "empty.fa"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr bench -q $arguments
    one_line_error 1
  done
}
