#!/usr/bin/env python3
"""Times `iresweep variants` on SNVs at random places of real transcripts, one transcript each.

The records of a FASTA are the genome; an annotation makes each of them one transcript on the plus strand. Writes the section
'variants' of bench/RESULTS.md. Half a million take seven minutes on two idle cores; --quick a moment, and proves only that the
script works. The program is that of the release preset unless --program says otherwise.
"""
import argparse
import datetime
import gzip
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tools import sections  # noqa: E402
from tools.sections import three_digits  # noqa: E402

WINDOW = 174


def read_transcripts(path):
    """{name: bases} of what is no shorter than a window."""
    opened = gzip.open if path.suffix == ".gz" else open
    lines = {}
    with opened(path, "rt", encoding="ascii") as file:
        for line in file:
            if line.startswith(">"):
                record = lines[line[1:].split()[0]] = []
            else:
                record.append(line.strip().upper())
    transcripts = {name: "".join(parts) for name, parts in lines.items()}
    return {name: bases for name, bases in transcripts.items() if len(bases) >= WINDOW}


def write_genome(transcripts, folder):
    with open(folder / "genome.fa", "w", encoding="ascii") as fasta, open(folder / "genes.bed", "w", encoding="ascii") as bed:
        for name, bases in transcripts.items():
            size = len(bases)
            fasta.write(f">{name}\n{bases}\n")
            bed.write(f"{name}\t0\t{size}\t{name}\t0\t+\t0\t0\t0\t1\t{size},\t0,\n")


def write_vcf(transcripts, count, path):
    """Every known base is as likely to be changed, to each of the others."""
    places = [(number, at) for number, bases in enumerate(transcripts.values()) for at, base in enumerate(bases) if base in "ACGT"]
    generator = random.Random(174)
    chosen = sorted(generator.sample(places, count))
    names, sequences = list(transcripts), list(transcripts.values())
    with open(path, "w", encoding="ascii") as file:
        file.write("##fileformat=VCFv4.2\n")
        file.writelines(f"##contig=<ID={name},length={len(bases)}>\n" for name, bases in transcripts.items())
        file.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        for number, at in chosen:
            ref = sequences[number][at]
            alt = generator.choice("ACGT".replace(ref, ""))
            file.write(f"{names[number]}\t{at + 1}\t.\t{ref}\t{alt}\t.\t.\t.\n")


def run(options, folder):
    """Seconds, start-up and background included."""
    command = [options.program, "variants", "--quiet", "--no-progress", "--genome", folder / "genome.fa", "--annotation",
               folder / "genes.bed", "-o", folder / "out.vcf.gz", folder / "in.vcf"]
    begin = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begin


def rows(options, transcripts, folder):
    write_genome(transcripts, folder)
    for count in options.counts:
        write_vcf(transcripts, count, folder / "in.vcf")
        seconds = run(options, folder)
        yield [f"{count:,}", three_digits(seconds), three_digits(seconds / count * 1e6)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fasta", type=pathlib.Path, help="transcripts")
    parser.add_argument("--program", default=ROOT / "build/release/tools/iresweep")
    parser.add_argument("--counts", type=int, nargs="+", default=[5_000, 50_000, 500_000], help="SNVs (default: %(default)s)")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--results", default=ROOT / "bench/RESULTS.md")
    options = parser.parse_args()
    if options.quick:
        options.counts = [10, 20]
    machine = sections.machine()
    transcripts = read_transcripts(options.fasta)
    with tempfile.TemporaryDirectory() as folder:
        measured = list(rows(options, transcripts, pathlib.Path(folder)))
    line = (f"{sections.machine_line(machine, datetime.date.today().isoformat())} {len(transcripts):,} transcripts of "
            f"{options.fasta.name}, {sum(map(len, transcripts.values())):,} bases; built-in model, all cores.")
    quick = ["A `--quick` run: **no result**, only proof that the script works."] if options.quick else []
    table = sections.table(["SNVs", "seconds", "microseconds an SNV"], measured)
    text = "\n\n".join([*quick, line, table])
    print(text)
    sections.replace(options.results, "variants", text)


if __name__ == "__main__":
    main()
