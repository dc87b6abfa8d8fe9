#!/usr/bin/env python3
"""Where the windows of viral 5'UTRs rank among all windows of their genome, as a Markdown table.

    tools/viral-ranks.py IRESWEEP DATA [OPTION...]

IRESWEEP is the program, DATA a folder of genomes (*.fasta) and ires_literature.bed, whose rows with _5UTR_ in their
name are looked at; options go to `iresweep scan`, e.g. --model. A window belongs to the 5'UTR when at least half of
its bases lie in it. "By chance" is the rank that the best of as many windows drawn blindly would have on average.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

HEADER = ["5'UTR", "bases", "windows of the genome", "in the 5'UTR", "best rank", "by chance", "its score", "its p", "called by default"]


def scanned(program, genomes, options):
    """All windows by contig: (score, start, end, p), and the default threshold."""
    with tempfile.TemporaryDirectory() as folder:
        scan = [program, "scan", "-q", "--no-progress", "--report", "windows", *options]
        bed, summary = f"{folder}/w.bed", f"{folder}/s.json"
        subprocess.run([*scan, "--summary", summary, "-o", f"{folder}/d.bed", *genomes], check=True)
        subprocess.run([*scan, "--threshold", "1e-12", "--max-missing", "174", "-o", bed, *genomes], check=True)
        threshold = json.load(open(summary))["threshold"]["score"]
        windows = {}
        for line in open(bed):
            if line[0] != "#":
                field = line.split("\t")
                windows.setdefault(field[0], []).append((float(field[9]), int(field[1]), int(field[2]), field[10]))
    return windows, threshold


def row(name, windows, utr_end, threshold):
    ranked = sorted(windows, reverse=True)
    inside = [rank for rank, (_, start, end, _) in enumerate(ranked, 1) if 2 * (min(end, utr_end) - start) >= end - start]
    score, _, _, p = ranked[inside[0] - 1]
    called = sum(ranked[rank - 1][0] > threshold for rank in inside)
    return [name, utr_end, len(ranked), len(inside), inside[0], round((len(ranked) + 1) / (len(inside) + 1)), f"{score:.4f}", p, called]


def main(program, data, *options):
    data = pathlib.Path(data)
    utrs = [line.rstrip("\n").split("\t") for line in open(data / "ires_literature.bed") if "_5UTR_" in line]
    windows, threshold = scanned(program, sorted(map(str, data.glob("*.fasta"))), options)
    print("| " + " | ".join(HEADER) + " |")
    print("|---|" + "---:|" * (len(HEADER) - 1))
    for contig, start, end, name, *_ in utrs:
        assert start == "0" and contig in windows, f"{name}: no genome is called {contig}"
        print("| " + " | ".join(map(str, row(name, windows[contig], int(end), threshold))) + " |")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
