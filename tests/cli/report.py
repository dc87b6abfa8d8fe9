"""Reads a report page back and compares its numbers with the summary and the BED rows of the same scan.
   report.py PAGE SUMMARY BED        rows that are loci: of contigs, of reads, of transcripts with --collapse
   report.py PAGE SUMMARY BED GTF    the same, and the parts of the transcripts of GTF
"""
import html.parser
import json
import sys

import annotation


class Page(html.parser.HTMLParser):
    """Texts by id, tables by id, and the loci; complains about tags that do not close."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.tables, self.loci, self.pictures = [], {}, {}, [], []

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag not in ("meta", "rect", "polyline", "circle"):
            self.open.append((tag, facts.get("id")))
        if tag == "table":
            self.tables[facts.get("id")] = []
        if tag == "tr":
            self.tables[self.inside("table")].append([])
        if tag == "article":
            self.loci.append({})
        if tag == "svg":
            self.pictures.append(facts["aria-label"])

    def handle_startendtag(self, tag, attributes):
        assert tag in ("rect", "polyline", "circle"), tag

    def handle_endtag(self, tag):
        if tag in ("rect", "polyline", "circle"):
            return
        assert self.open.pop()[0] == tag, (tag, self.open)

    def inside(self, tag):
        return next((name for kind, name in reversed(self.open) if kind == tag), None)

    def handle_data(self, data):
        if not self.open:
            return
        tag, name = self.open[-1]
        if tag == "dd":
            self.text[name] = data
        if tag in ("td", "th") and any(kind == "table" for kind, _ in self.open):
            self.tables[self.inside("table")][-1].append(data)
        if self.loci and any(kind == "article" for kind, _ in self.open):
            self.loci[-1].setdefault(tag, []).append(data)


def number(text):
    return float(text.replace(",", "").replace("≈ ", "").split()[0].rstrip("%"))


page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
assert not page.open, page.open
run = json.load(open(sys.argv[2]))
header, *lines = [line.rstrip("\n").split("\t") for line in open(sys.argv[3])]
rows = [dict(zip(header, line)) for line in lines]
counts = run["counts"]

for name, value in [("records", run["records"]), ("bases", run["bases"]), ("windows", counts["windows"]),
                    ("called", counts["called"]), ("loci", counts["loci"])]:
    assert number(page.text[name]) == value, (name, page.text[name], value)
assert ("expected" in page.text) == (counts["called_by_composition"] is not None)
if "expected" in page.text:
    assert abs(number(page.text["expected"]) - counts["called_by_composition"]) <= 0.5

windows = counts["windows"] - counts["too_many_missing_bases"]
calls = page.tables["calls"][1:]
chosen = [row for row in calls if "(threshold)" in row[0]]
assert len(chosen) == 1 and number(chosen[0][1]) == counts["called"], chosen
for row in calls:
    assert not row[1:] or abs(number(row[2]) - 100 * number(row[1]) / windows) < 0.006 * number(row[2]) + 1e-9, row
numbers = [number(row[1]) for row in calls]
assert numbers == sorted(numbers, reverse=True), numbers

# Of equal scores any may come first.
row_of = {(row["name"], f"{row['#chrom']}:{int(row['start']) + 1:,}-{int(row['end']):,} ({'+' if row['strand'] == '+' else '−'})"): row
          for row in rows}
scores = sorted((row["iresScore"] for row in rows), key=float, reverse=True)
assert len(row_of) == len(rows) and len(page.loci) == min(20, len(rows)), (len(page.loci), len(rows))
letters = set()
for rank, (locus, score) in enumerate(zip(page.loci, scores), 1):
    place, facts = locus["p"]
    number_on_page, name = locus["h3"][0].split(". ", 1)
    assert number_on_page == str(rank) and (name, place) in row_of, (locus, rank)
    row = row_of.pop((name, place))  # listed once
    assert row["iresScore"] == score and facts.startswith(f"score {score}, "), (facts, row, score)
    assert f"{int(row['bestStart']) + 1:,} to {int(row['bestEnd']):,}" in facts, (facts, row)
    assert f"{int(row['windows']):,} called window" in facts, (facts, row)
    for column, what in [("transcriptCount", "transcript"), ("reads", "read")]:
        count = row.get(column, ".")
        of = f" of {count} {what}{'s' * (count != '1')}"
        assert (of + "," in facts or of + ";" in facts) == (count != "."), (facts, row)
    assert len(locus["code"][0]) == 174
    letters.update(locus["code"][0])
assert letters <= set("ACGTN")
assert page.pictures == ["Scores of all windows", "Share of windows that score higher"] + ["Scores around the locus"] * len(page.loci)


def parts(gtf):
    """By part: the bases of each on the genome, and the loci with the middle of their best window on one of them."""
    transcripts = dict(annotation.transcripts(gtf))
    bases = {part: set() for part in ("5' UTR", "CDS", "3' UTR", "non-coding transcript")}
    for contig, strand, places, stretches in transcripts.values():
        for part, (start, end) in zip(bases, stretches or [(0, 0)] * 3 + [(0, len(places))]):
            bases[part] |= {(contig, strand, place) for place in places[start:end]}
    middles = []
    for row in rows:
        contig, strand, places, _ = transcripts[row["name"]]
        if row["strand"] == strand:
            middles.append((contig, strand, places[(int(row["bestStart"]) + int(row["bestEnd"])) // 2]))
    for part, all_bases in bases.items():
        if all_bases:
            yield [part, sum(middle in all_bases for middle in middles), len(all_bases) / 1000]


if len(sys.argv) > 4:
    wanted = [[part, f"{loci:,}", f"{kb:.1f}", f"{loci / kb:.4f}"] for part, loci, kb in parts(sys.argv[4])]
    on_page = [[row[0], *row[4:]] for row in page.tables["parts"][1:]]
    assert on_page == wanted and wanted, (on_page, wanted)
print(f"{len(page.loci)} loci, {len(calls)} thresholds")
