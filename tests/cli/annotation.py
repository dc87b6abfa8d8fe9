"""What the tests of annotations hold the program to; written apart from it.

    annotation.py blocks BED SPLICED.fa UNDER.fa   a row's bases (bedtools getfasta -split -s of BED) are its best window
    annotation.py feature GTF|GFF3 NAME ALL.bed SOME.bed  SOME has the rows of ALL with at least half of their bases in it
    annotation.py by_accession GFF3                  the same with transcript_id for ID and Parent, where a line has both
    annotation.py sorted FASTA                       name and sequence of every record, a line each, in upper case
"""
import re
import sys


def fasta(path):
    records = []
    for line in open(path):
        if line[0] == ">":
            records.append([line[1:].split()[0], []])
        else:
            records[-1][1].append(line.strip().upper())
    return [(name, "".join(parts)) for name, parts in records]


def rows(path):
    return [line.rstrip("\n").split("\t") for line in open(path) if line[0] != "#"]


def blocks(bed, spliced, under):
    sequences = dict(fasta(spliced))
    found = fasta(under)
    table = rows(bed)
    assert len(found) == len(table) > 0
    for row, (_, bases) in zip(table, found):
        wanted = sequences[row[3]][int(row[15]) : int(row[16])]
        assert bases == wanted, (row, bases, wanted)
        assert len(row) == 23 and len(row[10].split(",")) == len(row[11].split(",")) == int(row[9])
    print(len(table), "rows,", sum(row[9] != "1" for row in table), "spliced")


def transcripts(annotation):
    """Of each its contig, strand, bases as they are read, and the stretches of these that are 5' UTR, CDS and 3' UTR, if any.
    An RNA genome is a transcript."""
    exons, coding, on = {}, {}, {}
    genomes = set()
    for line in open(annotation):
        field = line.rstrip("\n").split("\t")
        if line[0] == "#" or len(field) < 9:
            continue
        if field[2] == "region" and "mol_type=genomic RNA" in field[8]:
            genomes.add(field[0])
            field[2] = "exon"
        found = re.search('(?:transcript_id "|Parent=)([^";]*)', field[8])
        name = field[0] if field[0] in genomes else found and found[1]
        bases = range(int(field[3]), int(field[4]) + 1)
        if field[2] == "exon":
            exons.setdefault(name, []).extend(bases)
            on[name] = field[0], field[6]
        if field[2] in ("CDS", "start_codon", "stop_codon"):
            coding.setdefault(name, set()).update(bases)
    for name, bases in exons.items():
        bases.sort(reverse=on[name][1] == "-")
        stretches = None
        if name in coding:
            first, last = min(coding[name]), max(coding[name])
            inside = [place for place, base in enumerate(bases) if first <= base <= last]
            stretches = (0, inside[0]), (inside[0], inside[-1] + 1), (inside[-1] + 1, len(bases))
        yield name, (*on[name], bases, stretches)


def features(annotation):
    """The feature's stretch on each spliced transcript, by walking its bases."""
    for name, (_, _, _, stretches) in transcripts(annotation):
        if stretches:
            yield name, dict(zip(("5utr", "cds", "3utr"), stretches))


def feature(annotation, name, every, some):
    stretches = dict(features(annotation))
    wanted = []
    for row in rows(every):
        if row[3] in stretches:
            start, end = stretches[row[3]][name]
            first, last = int(row[15]), int(row[16])
            if 2 * (min(end, last) - max(start, first)) >= last - first:
                wanted.append(row)
    assert wanted == rows(some) and wanted, (len(wanted), len(rows(some)))
    print(len(wanted), "of", len(rows(every)), "rows")


def by_accession(path):
    text = open(path).read()
    for identifier, accession in re.findall(r"\tID=([^;\n]*).*[;]transcript_id=([^;\n]*)", text):
        text = re.sub(f"(ID|Parent)={re.escape(identifier)}(?=[;\n])", rf"\1={accession}", text)
    print(text, end="")


def in_order(path):
    for name, bases in sorted(fasta(path)):
        print(name, bases)


if __name__ == "__main__":
    {"blocks": blocks, "feature": feature, "sorted": in_order, "by_accession": by_accession}[sys.argv[1]](*sys.argv[2:])
