"""Reads a report page back and compares its numbers with the summary and the BED rows of the same scan.
   report.py PAGE SUMMARY BED
"""
import html.parser
import json
import sys


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
rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[3]) if line[0] != "#"]
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

rows.sort(key=lambda row: -float(row[9]))
assert len(page.loci) == min(20, len(rows)), (len(page.loci), len(rows))
letters = set()
for rank, (locus, row) in enumerate(zip(page.loci, rows), 1):
    assert locus["h3"] == [f"{rank}. {row[3]}"], (locus, row)
    place = f"{row[0]}:{int(row[1]) + 1:,}-{int(row[2]):,} ({'+' if row[5] == '+' else '−'})"
    assert locus["p"][0] == place, (locus["p"], place)
    assert locus["p"][1].startswith(f"score {row[9]}, ") and f"{int(row[12]) + 1:,} to {int(row[13]):,}" in locus["p"][1]
    assert len(locus["code"][0]) == 174
    letters.update(locus["code"][0])
assert letters <= set("ACGTN")
assert page.pictures == ["Scores of all windows", "Share of windows that score higher"] + ["Scores around the locus"] * len(page.loci)
print(f"{len(page.loci)} loci, {len(calls)} thresholds")
