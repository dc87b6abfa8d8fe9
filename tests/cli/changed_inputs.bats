#!/usr/bin/env bats
# Inputs that another program writes to while they are read: no result of two halves of two files.

# shellcheck disable=SC2154 # bats sets stderr and stderr_lines
load common

setup_file() { make_model; }

setup() {
  [[ -n ${IRESWEEP_FAULTS-} ]] || skip "no library that changes files amid a run"
  prepare
  fasta 40 174 400 | sed 's/^>r\([0-9]*[02468]\) .*/>r\1|1|/; s/^>r\([0-9]*[13579]\) .*/>r\1|0|/' > set.fa
  fasta 2 60000 100000 7 > genome.fa
  # What is rewritten is the middle of a file: long comments, so that each stays sound.
  printf '#%01000d\nr0\t0\t1000\tone\t0\t+\t0\t0\t0\t1\t1000,\t0,\n' 0 > genes.bed
  {
    printf '##fileformat=VCFv4.2\n##comment=%01000d\n##contig=<ID=r0>\n' 0
    printf '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n'
    for place in 300 500 700; do
      base=$(sed -n 2p genome.fa | cut -c $place)
      printf 'r0\t%s\t.\t%s\t%s\t.\t.\t.\n' $place "$base" "$(tr ACGT CGTA <<< "$base")"
    done
  } > v.vcf
}

# changed ACTION FILE COMMAND...: ends with one line that names FILE, which is cut or rewritten (ACTION) before it is read first; no output.
changed() {
  local action=$1 file=$2
  shift 2
  cp "$file" before
  run --separate-stderr env LD_PRELOAD="$IRESWEEP_FAULTS" FAULT_FILE="/$file" FAULT_CALL=read FAULT_AT="${AT:-1}" FAULT_ACTION="$action" \
    "$IRESWEEP" "$@" --model "$MODEL" -q
  cp before "$file"
  one_line_error 1
  [[ $stderr == *"changed while it was read"*"$file"* ]] || fail "$stderr"
  [[ ! $(echo out.*) == *out.[a-z]* ]] || fail "$(echo out.*)"
}

@test "variants: genome, annotation and variants, in the first and in the second pass" {
  local -a command=(variants --threshold 0.6 --background 5 --genome genome.fa --annotation genes.bed -o out.vcf v.vcf)
  env LD_PRELOAD="$IRESWEEP_FAULTS" "$IRESWEEP" "${command[@]}" --model "$MODEL" -q
  rm out.vcf
  for file in genome.fa genes.bed v.vcf; do changed rewrite $file "${command[@]}"; done
  AT=2 changed rewrite v.vcf "${command[@]}"
  AT=4 changed rewrite genome.fa "${command[@]}"
}

@test "motifs, evaluate and model calibrate" {
  changed rewrite set.fa motifs -o out.tsv set.fa
  changed rewrite set.fa evaluate --json out.json set.fa
  changed rewrite set.fa model calibrate --windows 10000 -o out.safetensors set.fa
}
