#!/usr/bin/python3
"""Holds scans of aligned reads to pysam, which projects them on its own.

  alignments.py fasta BAM             the reads as FASTA, each as a scan of BAM should have it: aligned bases only, in
                                      the direction of the transcript
  alignments.py windows BAM BED ONE   BED, a scan of BAM with --report windows, has the windows of ONE, the same scan of
                                      that FASTA, at their places on the genome
  alignments.py loci BAM BED ONE      the same for --report regions, with the reads that share a place made one row; ONE
                                      has windows here, too
Windows with less than half of their bases on the genome are not scored.
"""
import collections
import sys

import pysam

WINDOW = 174


def strand_of(read):
    aligned = "-" if read.is_reverse else "+"
    if read.has_tag("ts"):
        return aligned if read.get_tag("ts") == "+" else "+-"["+-".index(aligned) - 1]
    return read.get_tag("XS") if read.has_tag("XS") else None


class Read:
    """A primary alignment: the positions on the contig of its bases, in the direction of its transcript."""

    def __init__(self, read):
        self.strand = strand_of(read)
        self.contig = read.reference_name
        pairs = [(base, place) for base, place in read.get_aligned_pairs() if base is not None]
        matched = [i for i, (_, place) in enumerate(pairs) if place is not None]
        self.enough = len(matched) >= WINDOW
        if not self.enough:
            return
        pairs = pairs[matched[0] : matched[-1] + 1]
        self.places = [place for _, place in pairs]
        self.bases = "".join(read.query_sequence[base] for base, _ in pairs)
        if self.strand == "-":
            self.places.reverse()
            self.bases = self.bases[::-1].translate(str.maketrans("ACGTN", "TGCAN"))
        self.introns = []
        place = read.reference_start
        for operation, size in read.cigartuples:
            if operation == pysam.CREF_SKIP:
                self.introns.append((place, place + size))
            if operation in (pysam.CMATCH, pysam.CDEL, pysam.CREF_SKIP, pysam.CEQUAL, pysam.CDIFF):
                place += size

    def is_placed(self, row):
        """Whether a window has half of its bases on the genome."""
        places = self.places[int(row["start"]) : int(row["end"])]
        return 2 * sum(place is not None for place in places) >= len(places)

    def blocks(self, start, end):
        places = sorted(place for place in self.places[start:end] if place is not None)
        first, last = places[0], places[-1] + 1
        blocks = []
        for begin, finish in self.introns:
            if first < begin and finish < last:
                blocks.append((first, begin))
                first = finish
        return blocks + [(first, last)]


def reads_of(path):
    reads = {}
    for read in pysam.AlignmentFile(path):
        if read.is_unmapped or read.is_secondary or read.is_supplementary:
            continue
        projected = Read(read)
        if projected.enough and projected.strand:
            assert read.query_name not in reads, "two primary alignments of one name"
            reads[read.query_name] = projected
    return reads


def rows_of(path):
    with open(path) as file:
        names = next(file).lstrip("#").split()
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in file]


def blocks_of(row):
    start = int(row["start"])
    sizes = [int(size) for size in row["blockSizes"].split(",")]
    starts = [int(offset) for offset in row["blockStarts"].split(",")]
    assert starts[0] == 0 and start + starts[-1] + sizes[-1] == int(row["end"])
    assert int(row["blockCount"]) == len(sizes) == len(starts)
    return [(start + offset, start + offset + size) for offset, size in zip(starts, sizes)]


def placed_windows(reads, path):
    rows = [(reads[row["name"]], row) for row in rows_of(path)]
    return [(read, row) for read, row in rows if read.is_placed(row)]


def regions(windows):
    """(read, start, end, windows, best score): the windows of a read that overlap are one."""
    merged = []
    for read, row in windows:
        start, end, score = int(row["start"]), int(row["end"]), float(row["iresScore"])
        if merged and merged[-1][0] is read and start < merged[-1][2]:
            _, first, _, count, best = merged[-1]
            merged[-1] = (read, first, end, count + 1, max(best, score))
        else:
            merged.append((read, start, end, 1, score))
    return merged


def shown(row, read, blocks, best):
    return (read.contig, tuple(blocks), read.strand, best[0][0], best[-1][1], row["name"], row["iresScore"])


def windows(bam, bed, one):
    reads, found, wanted = reads_of(bam), [], []
    for row in rows_of(bed):
        assert row["reads"] == "1", row
        found.append((row["chrom"], tuple(blocks_of(row)), row["strand"], int(row["thickStart"]), int(row["thickEnd"]),
                      row["name"], row["iresScore"]))
    for read, row in placed_windows(reads, one):
        blocks = read.blocks(int(row["start"]), int(row["end"]))
        wanted.append(shown(row, read, blocks, blocks))
    assert found == wanted, next(pair for pair in zip(found, wanted) if pair[0] != pair[1])
    return len(found)


def loci(bam, bed, one):
    reads, order = reads_of(bam), {name: i for i, name in enumerate(pysam.AlignmentFile(bam).references)}
    groups = collections.defaultdict(list)
    for region in regions(placed_windows(reads, one)):
        read = region[0]
        blocks = read.blocks(*region[1:3])
        introns = tuple((a[1], b[0]) for a, b in zip(blocks, blocks[1:]))
        groups[order[read.contig], read.contig, read.strand, introns].append((blocks[0][0], blocks[-1][1], region))
    wanted = set()
    for (_, contig, strand, introns), members in groups.items():
        members.sort(key=lambda member: member[:2])
        merged = []
        for start, end, region in members:
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
                merged[-1][2].append(region)
            else:
                merged.append([start, end, [region]])
        for start, end, parts in merged:
            edges = [start, *(edge for intron in introns for edge in intron), end]
            blocks = tuple(zip(edges[::2], edges[1::2]))
            count, best = sum(part[3] for part in parts), max(part[4] for part in parts)
            wanted.add((contig, blocks, strand, len({id(part[0]) for part in parts}), count, best))
    rows = rows_of(bed)
    found = [(row["chrom"], tuple(blocks_of(row)), row["strand"], int(row["reads"]), int(row["windows"]), float(row["iresScore"]))
             for row in rows]
    assert len(set(found)) == len(found) and set(found) == wanted, set(found) ^ wanted
    places = [(order[row["chrom"]], int(row["start"]), int(row["end"])) for row in rows]
    assert places == sorted(places), "rows are not in order"
    for row in rows:
        best = reads[row["name"]].blocks(int(row["bestStart"]), int(row["bestEnd"]))
        assert (best[0][0], best[-1][1]) == (int(row["thickStart"]), int(row["thickEnd"])), row
    return len(found)


def main(action, bam, *files):
    if action == "fasta":
        for name, read in reads_of(bam).items():
            print(f">{name}\n{read.bases}")
    else:
        print({"windows": windows, "loci": loci}[action](bam, *files))


main(*sys.argv[1:])
