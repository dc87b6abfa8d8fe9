"""Reads what `iresweep explain` writes as others do, and holds one file to another. Called by explain.bats."""
import math
import sys

import numpy
import pyBigWig

METHODS = ["gradcam", "gradient", "attention", "mutagenesis"]


def records(path):
    found = {}
    for line in open(path):
        if line[0] == ">":
            name = line[1:].split()[0]
            found[name] = ""
        else:
            found[name] += line.strip().upper()
    return found


def rows(path):
    header, *lines = [line.rstrip("\n").split("\t") for line in open(path)]
    return [dict(zip(header, line)) for line in lines]


def number(text):
    return math.nan if text == "." else float(text)


def near(a, b, tolerance=2e-6):
    return bool(numpy.isclose(a, b, rtol=1e-5, atol=tolerance, equal_nan=True))


def per_base(arrays, window, t):
    """The four methods' values of a base, from the arrays."""
    base = "ACGT".find(arrays["sequence"][window].decode()[t])
    return {
        "gradcam": arrays["gradcam"][window, t],
        "gradient": arrays["gradient"][window, t, base],
        "attention": arrays["attention"][window, t],
        "mutagenesis": -arrays["mutagenesis"][window, t].sum() / 3,
    }


def same(table, npz, prefix, best):
    """Table, arrays and tracks agree; windows are those that a scan reports as best."""
    arrays = numpy.load(npz)
    text, scan = rows(table), rows(best)
    assert len(text) == 174 * len(scan) and len(arrays["name"]) == len(scan)
    graph = {}
    for method in METHODS:
        for line in open(f"{prefix}.{method}.plus.bedgraph"):
            contig, start, end, value = line.split("\t")
            assert int(end) - int(start) == 1
            graph[method, contig, int(start)] = float(value)
    tracks = {method: pyBigWig.open(f"{prefix}.{method}.plus.bw") for method in METHODS}
    assert len(graph) == 4 * len(text)
    for row_number, row in enumerate(text):
        window, t = divmod(row_number, 174)
        place = int(row["position"]) - 1
        assert place == int(scan[window]["start"]) - 1 + t == arrays["position"][window, t]
        assert row["name"] == row["contig"] == scan[window]["name"] == arrays["name"][window].decode()
        assert row["score"] == scan[window]["score"] and near(float(row["score"]), arrays["score"][window])
        assert row["base"] == arrays["sequence"][window].decode()[t] and row["strand"] == "+"
        for method, value in per_base(arrays, window, t).items():
            assert near(number(row[method]), value), (row, method, value)
            assert near(graph[method, row["contig"], place], value), (row, method)
        for base, letter in enumerate("ACGT"):
            assert near(number(row[f"to_{letter}"]), arrays["mutagenesis"][window, t, base])
        deletion = arrays["deletion"][window]
        assert near(number(row["deletion"]), deletion[t] if t < len(deletion) else math.nan)
    for (method, contig, place), value in graph.items():
        if place % 29 == 0:
            assert near(tracks[method].values(contig, place, place + 1)[0], value)
    assert abs(arrays["attention"].sum(axis=1) - 1).max() < 1e-4 and arrays["gradcam"].min() == 0


def every_mutant(arrays):
    """Name, and change of the logit as the arrays have it, of every mutant of the first two windows; its sequence."""
    for window in range(2):
        sequence = arrays["sequence"][window].decode()
        for t in range(174):
            for base, letter in enumerate("ACGT"):
                changed = sequence[:t] + letter + sequence[t + 1 :]
                yield f"{window}:{t}{letter}", window, arrays["mutagenesis"][window, t, base], changed
        for t, change in enumerate(arrays["deletion"][window]):
            yield f"{window}:{t}-", window, change, sequence[:t] + sequence[t + 4 :]


def mutants(npz):
    for name, _, _, sequence in every_mutant(numpy.load(npz)):
        print(f">{name}\n{sequence}")


def compare(npz, table):
    arrays, scan = numpy.load(npz), {row["name"]: float(row["score"]) for row in rows(table)}
    moved = 0
    for name, window, change, _ in every_mutant(arrays):
        score = 1 / (1 + math.exp(-(arrays["logit"][window] + change)))
        assert abs(score - scan[name]) < 1e-6, (name, score, scan[name])
        moved += abs(change) > 1e-3
    assert moved > 500, moved


def placed(npz, genome, bed, prefix):
    """Every base is the genome's at its place; tracks have it there, on its strand."""
    arrays, sequences = numpy.load(npz), records(genome)
    lines = [line.split("\t") for line in open(bed) if line[0] != "#"]
    assert len(lines) == len(arrays["name"]) == 9
    tracks = {s: pyBigWig.open(f"{prefix}.gradcam.{n}.bw") for s, n in (("+", "plus"), ("-", "minus"))}
    strands = set()
    for window, fields in enumerate(lines):
        strand, contig = arrays["strand"][window].decode(), arrays["contig"][window].decode()
        assert (contig, strand) == (fields[0], fields[5])
        strands.add(strand)
        places = arrays["position"][window]
        steps = numpy.diff(places) * (1 if strand == "+" else -1)
        assert steps.min() == 1 and int(fields[6]) <= places.min() and places.max() < int(fields[7])
        if window == 0:
            # Blocks 100-300, 400-460 and 600-900, of which 240 to 660 is thick.
            assert set(steps) <= {1, 101, 141} and steps.max() > 1
        else:
            assert steps.max() == 1 and places.min() == int(fields[6])
        letters = "".join(sequences[contig][place] for place in places)
        if strand == "-":
            letters = letters.translate(str.maketrans("ACGT", "TGCA"))
        assert letters == arrays["sequence"][window].decode()
        for place, value in zip(places, arrays["gradcam"][window]):
            assert tracks[strand].values(contig, int(place), int(place) + 1)[0] >= value - 1e-6
    assert strands == {"+", "-"}


def empty(npz, prefix):
    arrays = numpy.load(npz)
    assert arrays["mutagenesis"].shape == (0, 174, 4) and arrays["name"].shape == (0,)
    assert pyBigWig.open(f"{prefix}.gradient.minus.bw").header()["nBasesCovered"] == 0


if __name__ == "__main__":
    {"same": same, "mutants": mutants, "compare": compare, "placed": placed, "empty": empty}[sys.argv[1]](*sys.argv[2:])
