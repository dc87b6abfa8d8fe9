#!/usr/bin/env python3
"""Scans inputs of growing size, record length, step, threads and strands: time for each window and peak memory.

Writes the section 'growth' of bench/RESULTS.md. The default takes under ten minutes on two idle cores; --quick a moment,
and proves only that the script works. The program is that of the release preset unless --program says otherwise.
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tools import sections  # noqa: E402
from tools.sections import three_digits  # noqa: E402

MODEL = ROOT / "host/model/builtin/builtin.safetensors"
STRETCH = 1 << 20
LINE = 60


def write_fasta(path, records, length):
    """Records cut from one random stretch, each at another place: cheap to make, without a short period."""
    generator = random.Random(174)
    letters = "".join(generator.choices("ACGT", k=STRETCH)) * 2
    with open(path, "w", encoding="ascii") as file:
        for record in range(records):
            file.write(f">r{record}\n")
            for left in range(length, 0, -STRETCH):
                at, end = generator.randrange(STRETCH), min(left, STRETCH)
                file.write("\n".join(letters[at + i : at + min(i + LINE, end)] for i in range(0, end, LINE)) + "\n")


class Bench:
    def __init__(self, options, work):
        self.options, self.fasta, self.summary = options, f"{work}/input.fa", f"{work}/summary.json"
        self.bed = f"{work}/hits.bed"
        self.written = None

    def scan(self, records, length, extra):
        """Facts of the median of several scans: windows, seconds (start-up included), peak memory."""
        if self.written != (records, length):
            write_fasta(self.fasta, records, length)
            self.written = (records, length)
        command = [self.options.program, "scan", "--quiet", "--no-progress", "--model", MODEL, "--summary", self.summary,
                   "-o", self.bed, *extra, self.fasta]
        times = []
        for _ in range(self.options.repeats):
            begin = time.perf_counter()
            subprocess.run(command, check=True)
            times.append(time.perf_counter() - begin)
        facts = json.loads(pathlib.Path(self.summary).read_text(encoding="utf-8"))
        found = facts["counts"]["windows"], statistics.median(times), facts["peak_memory_bytes"]
        print(f"{records} x {length} bases {' '.join(extra)}: {found[0]:,} windows, {found[1]:.2f} s", file=sys.stderr, flush=True)
        return found

    def row(self, name, records, length, *extra):
        windows, seconds, memory = self.scan(records, length, extra)
        return [name, f"{windows:,}", three_digits(seconds), three_digits(seconds / windows * 1e6), f"{memory / 1e6:.0f}"]


def growth_tables(bench, bases):
    """`bases` is the size of most inputs."""
    def table(what, rows):
        return sections.table([what, "windows", "seconds", "microseconds a window", "peak memory, MB"], rows)

    cpus = len(os.sched_getaffinity(0))
    threads = [t for t in (1, 2, 4, 8, 16, 32, 64) if t < cpus] + [cpus]
    sizes = [10**power for power in range(9) if 10**power <= 2 * bases]
    lengths = [length for length in (50, 174, 500, 2000, 10_000, 1_000_000, 250_000_000) if length <= 5 * bases]
    transcript = 2000
    yield table("one record of so many bases", [bench.row(f"{size:,}", 1, size) for size in sizes])
    yield table("records of so many bases",
                [bench.row(f"{max(bases // length, 1):,} of {length:,}", max(bases // length, 1), length) for length in lengths])
    # As many windows at every step.
    yield table("step", [bench.row(str(step), max(bases * step // 50 // transcript // 4, 1), transcript, "--step", str(step))
                         for step in (1, 2, 5, 10, 25, 50, 100, 174)])
    records = max(bases // transcript, 1)
    yield table("threads", [bench.row(str(t), records, transcript, "--threads", str(t)) for t in threads])
    yield table("strand", [bench.row(strand, records, transcript, "--strand", strand) for strand in ("+", "-", "both")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/release/tools/iresweep")
    parser.add_argument("--bases", type=int, default=50_000_000, help="of most inputs (default: %(default)s)")
    parser.add_argument("--repeats", type=int, default=3, help="scans of each input (default: %(default)s)")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--results", default=ROOT / "bench/RESULTS.md")
    options = parser.parse_args()
    if options.quick:
        options.bases, options.repeats = 50_000, 1
    machine = sections.machine()
    with tempfile.TemporaryDirectory() as work:
        tables = list(growth_tables(Bench(options, work), options.bases))
    line = sections.machine_line(machine, datetime.date.today().isoformat()) + f" Medians of {options.repeats} scans."
    quick = ["A `--quick` run: **no result**, only proof that the script works."] if options.quick else []
    text = "\n\n".join([*quick, line, *tables])
    print(text)
    sections.replace(options.results, "growth", text)


if __name__ == "__main__":
    main()
