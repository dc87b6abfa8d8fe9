#!/usr/bin/env python3
"""Counts the instructions that the engine spends on a window, under callgrind with avx2, and holds them to the record.

Instructions, not time: the count is the same on every machine with the same compiler. One that is 5% above
bench/instructions/recorded.json fails. Where that is meant: bench/instructions/count.py --record, which also writes the
section 'instructions' of bench/RESULTS.md.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tools import sections  # noqa: E402

RECORD = ROOT / "bench/instructions/recorded.json"
MODEL = ROOT / "host/model/builtin/builtin.safetensors"
MOST_MORE = 0.05
STEPS = (50, 1)
WINDOWS = 1024
LANES = 8

# Parts of the work and the functions that do them, each counted with all it calls.
PARTS = {
    "recurrence": ["gru_step<"],
    "attention": ["::attention_step(", "::carry_over("],
    "shared convolutions and projection": ["::SharedGates::cover("],
    "window ends": ["::BlockScorer::encode_ends("],
}


def needed(part, step):
    """Multiply-adds, exponentials (or tanh) of a window, and the vector operations that they take at the least.

    An exponential's quotient is 9 operations. A unit of the recurrence is 3 of them and 11 operations that make its new
    state, a unit of attention 1 and 4, an energy 1 and 1.
    """
    positions, units, base = 174, 16, 1408
    sums, exponentials, other = {
        "recurrence": (positions * 384, positions * units * 3, positions * units * 38),
        "attention": (positions * 152, positions * 9, positions * (8 * 13 + 10)),
        "shared convolutions and projection": (step * base, 0, 0),
        "window ends": (12 * base, 0, 0),
    }[part]
    return sums, exponentials, (sums + other) / LANES


def write_fasta(path):
    """Records as long as a usual transcript, the same in every run."""
    generator = random.Random(174)
    with open(path, "w", encoding="ascii") as file:
        for record in range(30):
            letters = "".join("ACGT"[int(generator.random() * 4)] for _ in range(1900))
            file.write(f">r{record}\n{letters}\n")


def start(program, fasta, step, out):
    return subprocess.Popen(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--toggle-collect=iresweep::CpuEngine::score*",
         program, "--model", MODEL, "--fasta", fasta, "--isa", "avx2", "--step", str(step), "--windows", str(WINDOWS)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def counts(out):
    """Instructions a window: of each part and in all."""
    listing = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", out],
                             check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [(int(count.replace(",", "")), name) for count, name in re.findall(r"^ *([\d,]+) \([^)]*\) +(.*)$", listing, re.M)]
    total = next(count for count, name in rows if name == "PROGRAM TOTALS")
    found = {part: sum(count for count, name in rows if any(word in name for word in words)) for part, words in PARTS.items()}
    for part, count in found.items():
        if count == 0:
            raise SystemExit(f"callgrind saw none of {PARTS[part]}: name the functions that do '{part}' now in PARTS of {__file__}")
    found["layout and rest"] = total - sum(found.values())
    return {"total": total / WINDOWS, "parts": {part: count / WINDOWS for part, count in found.items()}}


def measure(program):
    with tempfile.TemporaryDirectory() as work:
        fasta = f"{work}/records.fa"
        write_fasta(fasta)
        runs = {step: start(program, fasta, step, f"{work}/{step}.out") for step in STEPS}
        for run in runs.values():
            said, _ = run.communicate()
            if run.returncode:
                raise SystemExit(f"valgrind ended with {run.returncode}:\n{said}")
        return {str(step): counts(f"{work}/{step}.out") for step in STEPS}


def tables(measured):
    parts = []
    for step in STEPS:
        found, rows = measured[str(step)], []
        for part, count in found["parts"].items():
            if part in PARTS:
                sums, exponentials, least = needed(part, step)
                rows.append([part, f"{sums:,}", f"{exponentials:,}", f"{least:,.0f}", f"{count:,.0f}", f"{count / least:.2f}"])
            else:
                rows.append([part, "", "", "", f"{count:,.0f}", ""])
        least = sum(needed(part, step)[2] for part in PARTS)
        rows.append(["all", "", "", f"{least:,.0f}", f"{found['total']:,.0f}", f"{found['total'] / least:.2f}"])
        head = [f"a window, step {step}", "multiply-adds", "exponentials", "vector operations needed", "instructions counted", "ratio"]
        parts.append(sections.table(head, rows))
    return "\n\n".join(parts)


def compare(measured, recorded):
    """Prints each figure; the number of those that are too high."""
    faults = 0
    for step in STEPS:
        now, before = measured[str(step)]["total"], recorded[str(step)]["total"]
        change = now / before - 1
        print(f"note: step {step}: {now:,.0f} instructions a window, recorded {before:,.0f}: {change:+.1%}")
        if not change <= MOST_MORE:
            faults += 1
            print(f"step {step}: more than {MOST_MORE:.0%} above the record. By part, now and then:")
            for part, count in measured[str(step)]["parts"].items():
                print(f"  {part}: {count:,.0f}, {recorded[str(step)]['parts'].get(part, 0):,.0f}")
    if faults:
        print("If that is meant, say so in the commit and record it: bench/instructions/count.py --record")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/release/bench/windows/score_windows", help="default: of the release preset")
    parser.add_argument("--record", action="store_true", help="write the record and the table instead of comparing")
    parser.add_argument("--results", default=ROOT / "bench/RESULTS.md", help="whose section 'instructions' --record writes")
    options = parser.parse_args()
    if " avx2 " not in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        print("this CPU has no avx2")
        sys.exit(77)
    measured = measure(options.program)
    if options.record:
        RECORD.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        sections.replace(options.results, "instructions", tables(measured))
    sys.exit(1 if compare(measured, json.loads(RECORD.read_text(encoding="utf-8"))) else 0)


if __name__ == "__main__":
    main()
