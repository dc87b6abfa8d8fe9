"""What the tests of variants hold the program to; written apart from it.

    variants.py genome FASTA GTF                     a made-up genome and annotation: short transcripts, missing bases
    variants.py make FASTA GTF|- COUNT VCF           alleles of all kinds, at COUNT places, on that genome
    variants.py sequences FASTA GTF|- TABLE OUT.fa   what is scored for each row of a table, with REF and with ALT
    variants.py check FASTA GTF|- TABLE WINDOWS THRESHOLD  the table against a scan of these sequences at step 1
    variants.py untouched IN.vcf OUT.vcf             all but our INFO fields is as it was
"""
import math
import random
import re
import sys

WINDOW, MOST_MISSING, FLANK = 174, 8, 200


def fasta(path):
    contigs = {}
    for line in open(path):
        if line[0] == ">":
            name = line[1:].split()[0]
            contigs[name] = []
        else:
            contigs[name].append(line.strip().upper())
    return {name: "".join(parts) for name, parts in contigs.items()}


def complement(bases):
    return bases[::-1].translate(str.maketrans("ACGT", "TGCA"))


class Target:
    """A transcript: the places of its bases on the contig, in its own direction."""

    def __init__(self, name, contig, strand, exons, whole=False):
        self.name, self.contig, self.strand, self.whole = name, contig, strand, whole
        self.exons = sorted(exons)
        self.places = [place for start, end in self.exons for place in range(start, end)]

    def edit(self, start, end, inserted, genome):
        """(before, after), each a list of (base, is of the allele), and where; or the reason why not; or nothing."""
        if end < self.exons[0][0] or self.exons[-1][1] < start:
            return None
        inside = [start <= place < end for place in self.places]
        if start == end:
            left, right = start - 1 in self.set(), start in self.set()
            if self.whole:
                cut = start
                if cut in (0, len(self.places)):
                    return "contig_end"
            elif left and right:
                cut = self.places.index(start)
            else:
                edge = (left and start - 1 != self.places[-1]) or (right and start != self.places[0])
                return "exon_boundary" if edge else None
        elif not any(inside):
            return None
        elif sum(inside) != end - start or any(a[1] < b[0] and start < a[1] < end for a, b in zip(self.exons, self.exons[1:])):
            return "exon_boundary"
        else:
            cut = inside.index(True)
        sequence = genome[self.contig]
        before = [(sequence[place], flag) for place, flag in zip(self.places, inside)]
        after = before[:cut] + [(base, True) for base in inserted] + before[cut + end - start :]
        if self.strand == "-":
            before, after = ([(complement(base), flag) for base, flag in reversed(one)] for one in (before, after))
            cut = len(self.places) - cut - (end - start)
        if min(len(before), len(after)) < WINDOW:
            return "short_transcript"
        return before, after, cut

    def set(self):
        if not hasattr(self, "known"):
            self.known = set(self.places)
        return self.known


def targets(genome, annotation):
    if annotation == "-":
        return [Target(name, name, strand, [(0, len(bases))], True) for name, bases in genome.items() for strand in "+-"]
    exons, where = {}, {}
    for line in open(annotation):
        field = line.rstrip("\n").split("\t")
        if len(field) > 8 and field[2] == "exon" and field[0] in genome:
            name = re.search('transcript_id "([^"]*)"', field[8])[1]
            exons.setdefault(name, []).append((int(field[3]) - 1, int(field[4])))
            where[name] = field[0], field[6]
    return [Target(name, *where[name], exons[name]) for name in exons]


def trimmed(position, ref, alt):
    start, end = position, position + len(ref)
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt, end = ref[:-1], alt[:-1], end - 1
    while ref and alt and ref[0] == alt[0]:
        ref, alt, start = ref[1:], alt[1:], start + 1
    return start, end, alt


def windows_over(sequence, cut):
    """Starts of the windows over an allele, and how many of its bases each has."""
    flags = [flag for _, flag in sequence]
    starts = range(len(sequence) - WINDOW + 1)
    if any(flags):
        over = [(start, sum(flags[start : start + WINDOW])) for start in starts[max(cut - WINDOW, 0) :]]
        return [(start, bases) for start, bases in over if bases]
    return [(start, 0) for start in starts if start < cut < start + WINDOW]


def compared(before, after, cut):
    ref, alt = windows_over(before, cut), windows_over(after, cut)
    pairs = min(len(ref), len(alt))
    trim = lambda run: trim(run[1:] if run[0][1] < run[-1][1] else run[:-1]) if len(run) > pairs else run
    return ref, alt, list(zip([start for start, _ in trim(ref)], [start for start, _ in trim(alt)]))


def rows(path):
    lines = [line.rstrip("\n").split("\t") for line in open(path)]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def status_of_allele(genome, row):
    ref, alt, position = row["ref"].upper(), row["alt"].upper(), int(row["position"]) - 1
    if alt == ".":
        return "no_alt"
    if row["contig"] not in genome:
        return "unknown_contig"
    for shape, status in (("<.*>", "symbolic"), (r"\*", "deleted_upstream"), (r".*[][].*|\..+|.+\.", "breakend"), (".*[^ACGTN].*", "not_bases")):
        if re.fullmatch(shape, alt):
            return status
    if alt == ref:
        return "no_change"
    if max(len(ref), len(alt)) > 1001:
        return "too_long"
    if position < 0 or position + len(ref) > len(genome[row["contig"]]):
        return "past_end"
    return None if genome[row["contig"]][position : position + len(ref)] == ref else "ref_mismatch"


def expected(genome, annotation, table):
    """For each row of a table (its rows of one allele together): the target and what its edit gives."""
    every = targets(genome, annotation)
    alleles = {}
    for row in table:
        alleles.setdefault((row["contig"], row["position"], row["ref"], row["alt"]), []).append(row)
    for (contig, position, ref, alt), found in alleles.items():
        status = status_of_allele(genome, found[0])
        if status:
            assert {row["status"] for row in found} == {status}, (status, found)
            continue
        wanted = {}
        for target in every:
            if target.contig == contig:
                edit = target.edit(*trimmed(int(position) - 1, ref.upper(), alt.upper()), genome)
                if edit:
                    wanted[target.name, target.strand] = target, edit
        if not wanted:
            assert {row["status"] for row in found} == {"outside"}, found
        else:
            assert sorted(wanted) == sorted({(row["transcript"], row["strand"]) for row in found}), (sorted(wanted), found)
            for row in found:
                yield row, *wanted[row["transcript"], row["strand"]]


def sequences(path, annotation, table, out):
    with open(out, "w") as file:
        for number, (row, _, edit) in enumerate(expected(fasta(path), annotation, rows(table))):
            if isinstance(edit, str):
                continue
            before, after, cut = edit
            for which, one in (("ref", before), ("alt", after)):
                bases = "".join(base for base, _ in one)[max(cut - FLANK, 0) : cut + sum(flag for _, flag in one) + FLANK]
                if len(bases) >= WINDOW:
                    print(f">{number}{which}\n{bases}", file=file)


def check(path, annotation, table, windows, threshold):
    scores = {}
    for row in rows(windows):
        scores[row["name"], int(row["start"]) - 1] = float(row["score"])
    logit = lambda score: math.log(score / (1 - score))
    statuses = {}
    for number, (row, target, edit) in enumerate(expected(fasta(path), annotation, rows(table))):
        statuses[row["status"]] = statuses.get(row["status"], 0) + 1
        if isinstance(edit, str):
            assert row["status"] == edit, row
            continue
        before, after, cut = edit
        ref, alt, pairs = compared(before, after, cut)
        if not pairs:
            assert row["status"] == "no_window", row
            continue
        origin = max(cut - FLANK, 0)
        at = lambda which, start: scores.get((f"{number}{which}", start - origin))  # none where too many bases are missing
        pairs = [(r, a, at("ref", r), at("alt", a)) for r, a in pairs]
        pairs = [pair for pair in pairs if None not in pair]
        if not pairs:
            assert row["status"] == "missing_bases", row
            continue
        assert row["status"] == "scored" and int(row["windows"]) == len(pairs), row
        best_ref, best_alt = max(pair[2] for pair in pairs), max(pair[3] for pair in pairs)
        assert float(row["ref_score"]) == best_ref and float(row["alt_score"]) == best_alt, (row, best_ref, best_alt)
        assert abs(float(row["delta_score"]) - (best_alt - best_ref)) < 1e-6, row
        # A score is a float: a logit read off it is known to within 6e-8 of score.
        slack = lambda *all: 1e-5 + sum(2e-7 / (score * (1 - score)) for score in all)
        assert abs(float(row["delta_logit"]) - logit(best_alt) + logit(best_ref)) < slack(best_alt, best_ref), row
        flip = lambda start, size: size - WINDOW - start if target.whole and target.strand == "-" else start
        assert scores[f"{number}ref", flip(int(row["ref_start"]) - 1, len(before)) - origin] == best_ref, row
        assert scores[f"{number}alt", flip(int(row["alt_start"]) - 1, len(after)) - origin] == best_alt, row
        change = max(pairs, key=lambda pair: abs(logit(pair[3]) - logit(pair[2])))
        assert abs(abs(float(row["largest_change"])) - abs(logit(change[3]) - logit(change[2]))) < slack(*change[2:]), row
        called = [sum(at(which, start) is not None and at(which, start) > float(threshold) for start, _ in run) for which, run in (("ref", ref), ("alt", alt))]
        assert [int(row["ref_called"]), int(row["alt_called"])] == called, (row, called)
        assert row["consequence"] == {(0, 0): "none", (0, 1): "gained", (1, 0): "lost", (1, 1): "kept"}[called[0] > 0, called[1] > 0], row
        first, last = (target.places if target.strand == "+" or target.whole else target.places[::-1])[int(row["ref_start"]) - 1 :: WINDOW - 1][:2]
        assert sorted((first + 1, last + 1)) == [int(row["contig_start"]), int(row["contig_stop"])], row
    scored = sorted((abs(float(row["delta_logit"])), float(row["percentile"])) for row in rows(table) if row["percentile"] != ".")
    assert all(a[1] <= b[1] for a, b in zip(scored, scored[1:])), "percentiles do not ascend"
    print(sorted(statuses.items()))


def untouched(before, after):
    ours = re.compile("##INFO=<ID=IRES[,_]|##iresweepVariants=")
    old = open(before).read().splitlines()
    new = [line for line in open(after).read().splitlines() if not ours.match(line)]
    assert len(old) == len(new), (len(old), len(new))
    for a, b in zip(old, new):
        if a != b:
            a, b = a.split("\t"), b.split("\t")
            kept = [part for part in b[7].split(";") if not part.startswith(("IRES=", "IRES_DLOGIT="))]
            b[7] = ";".join(kept) or "."
            assert a == b, (a, b)


def make_genome(path, annotation):
    random.seed(8)
    contigs, lines = {}, []
    for contig in ("c1", "c2"):
        at, parts = 0, []
        for gene in range(5):
            strand = random.choice("+-")
            exons = []
            for _ in range(random.randint(1, 4)):
                at += random.randint(20, 150)
                exons.append((at + 1, at := at + random.randint(30, 300)))
            for isoform, kept in enumerate((exons, exons[1:])):
                lines += [f'{contig}\tx\texon\t{a}\t{b}\t.\t{strand}\t.\tgene_id "{contig}g{gene}"; transcript_id "{contig}g{gene}|t={isoform}";\n' for a, b in kept]
        bases = random.choices("ACGT", k=at + 60)
        for _ in range(3):
            gap = random.randrange(len(bases) - 20)
            bases[gap : gap + 20] = "N" * 20
        contigs[contig] = "".join(bases)
    with open(path, "w") as out:
        for name, bases in contigs.items():
            print(f">{name}\n" + "\n".join(bases[i : i + 60] for i in range(0, len(bases), 60)), file=out)
    open(annotation, "w").writelines(lines)


def kinds(bases, place, random_bases):
    """REF and ALTs of all kinds at a place."""
    here, other = bases[place], lambda base: random.choice([one for one in "ACGT" if one != base])
    yield here, other(here)
    if here == "A":
        yield here, "C,G,T"
    length = random.choice((1, 2, 3, 10, 60))
    yield bases[place : place + length + 1], here
    yield here, here + random_bases(length)
    yield bases[place : place + 3], random_bases(3) + "," + here
    yield bases[place : place + length + 1], random_bases(random.randint(1, 9)) + ",*"
    yield here.lower(), random.choice(("<DEL>", "*", f"{here}]{place + 9}]", ".", here, "N", "AN", "Z", "." + here))


def make(path, annotation, count, out):
    random.seed(5)
    genome, every = fasta(path), targets(fasta(path), annotation)
    random_bases = lambda length: "".join(random.choices("ACGT", k=length))
    places = set()
    for _ in range(int(count)):
        target = random.choice(every)
        edges = [edge for exon in target.exons for edge in exon]
        base = random.choice((random.choice(target.places), random.choice(edges) + random.randint(-3, 2)))
        places.add((target.contig, min(max(base, 0), len(genome[target.contig]) - 1)))
    order = list(genome)
    with open(out, "w") as file:
        print("##fileformat=VCFv4.2", *(f"##contig=<ID={name},length={len(bases)}>" for name, bases in genome.items()), sep="\n", file=file)
        print('##INFO=<ID=AF,Number=A,Type=Float,Description="share">\n##ALT=<ID=DEL,Description="deleted">', file=file)
        print('##FILTER=<ID=low,Description="low">\n##FORMAT=<ID=GT,Number=1,Type=String,Description="genotype">', file=file)
        print("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", "one", "two", sep="\t", file=file)
        for contig, place in sorted(places, key=lambda at: (order.index(at[0]), at[1])):
            all_kinds = [pair for pair in kinds(genome[contig], place, random_bases) if "N" not in pair[0].upper()]
            chosen = random.sample(all_kinds, min(2, len(all_kinds)))
            if random.random() < 0.1 and genome[contig][place] != "N":
                chosen.append((random.choice([base for base in "ACGT" if base != genome[contig][place]]), "AC"))
            for ref, alt in chosen:
                info = random.choice((".", "AF=" + ",".join(["0.500"] * (alt.count(",") + 1))))
                print(contig, place + 1, ".", ref, alt, "29.50", random.choice(("PASS", ".", "low")), info, "GT", "0/1", "./.", sep="\t", file=file)


if __name__ == "__main__":
    {"genome": make_genome, "make": make, "sequences": sequences, "check": check, "untouched": untouched}[sys.argv[1]](*sys.argv[2:])
