#!/usr/bin/env bats
# Output bytes do not depend on threads or batches; rows do not depend on the instruction set.

load common

setup_file() { make_model; }

setup() {
  prepare
  { fasta 24 1 700; fasta 1 5000 5000 2 | sed 's/r0/long/; s/ACGTA/NNNNN/g'; } > in.fa
}

@test "bytes are the same for any number of threads and windows in a batch" {
  # A batch of one window costs as much as one of 32.
  head -n 16 in.fa > few.fa
  local -a common
  for report in regions windows best; do
    common=(-q --strand both --threshold 0.6 --report "$report" --step 17)
    for ways in in.fa:1-1000,2-13,2-4096,7-64 few.fa:7-1,1-2; do
      local file=${ways%:*}
      scan "${common[@]}" --threads 1 -o expected.bed "$file"
      assert [ "$(wc -l < expected.bed)" -gt 5 ]
      for way in $(tr , ' ' <<< "${ways#*:}"); do
        scan "${common[@]}" --threads "${way%-*}" --batch-windows "${way#*-}" -o out.bed "$file"
        cmp out.bed expected.bed || fail "$report, $file, $way (threads-windows)"
      done
    done
  done
  scan "${common[@]}" --threads 1 -o expected.bed.gz in.fa
  scan "${common[@]}" --threads 7 --batch-windows 5 -o out.bed.gz in.fa
  cmp out.bed.gz expected.bed.gz
  cmp out.bed.gz.tbi expected.bed.gz.tbi
}

@test "rows are the same for every instruction set; scores within 2e-5" {
  local -a sets
  mapfile -t sets < <("$IRESWEEP" devices | awk '/windows +usable/ { print $1 }')
  echo "${sets[@]}"
  assert [ "${#sets[@]}" -ge 1 ]
  for report in regions windows best; do
    for set in "${sets[@]}"; do
      scan -q --strand both --threshold 0.6 --report "$report" --isa "$set" --step 17 -o "$set.bed" in.fa
      cut -f 10,11 --complement "$set.bed" | cmp - <(cut -f 10,11 --complement "${sets[0]}.bed")
      paste "$set.bed" "${sets[0]}.bed" | awk -F '\t' '!/^#/ { d = $10 - $28; if (!(d < 2e-5 && d > -2e-5)) exit 1 }'
    done
  done
}

@test "an instruction set that this CPU lacks is refused" {
  local lacking
  lacking=$("$IRESWEEP" devices | awk '/not on this CPU/ { print $1; exit }')
  [[ $lacking ]] || skip "this CPU has them all"
  run --separate-stderr scan -q --isa "$lacking" in.fa
  one_line_error 1
}
