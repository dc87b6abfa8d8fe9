#!/usr/bin/env bash
# Inputs far larger than memory may grow: a record of 250 Mb on one line, and 500,000 short records. Each scan stays
# below 300 MB and covers every base. Wants the release preset built.
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

# scan NAME RECORDS LENGTH
scan() {
  local name=$1 bases=$(($2 * $3)) begin=$SECONDS
  make_fasta "$2" "$3" >"$work/$name.fa"
  python3 - build/release/tools/iresweep scan --quiet --no-progress --model "$work/model.safetensors" \
    --threshold 0.99 --summary "$work/$name.json" -o "$work/$name.bed" "$work/$name.fa" <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"note: peak memory {peak} MB")
sys.exit(not peak <= 300)
END
  grep -Eq "\"bases\": *$bases\b" "$work/$name.json" || { echo "$name: the summary does not count $bases bases"; exit 1; }
  rm "$work/$name.fa"
  echo "note: $name: $2 records of $3 bases, $((SECONDS - begin)) s with making them"
}

scan one_line 1 250000000
scan short 500000 200
