"""Reads the page of `iresweep explain --html` back. Called by explain.bats.
   explain_page.py numbers PAGE TABLE [WINDOWS]  the page's own numbers are the table's; its profile is a scan's windows
   explain_page.py locked PAGE                   one script, named by its hash in the policy; nothing else is loaded
   explain_page.py prod PAGE COPY                a copy that points, drags and clicks at itself
   explain_page.py prodded DOM                   what the browser then showed is right
"""
import base64
import hashlib
import html.parser
import json
import sys


class Page(html.parser.HTMLParser):
    """Its scripts, JSON, policy, texts by id, and what it would load."""

    def __init__(self, path):
        super().__init__()
        self.scripts, self.json, self.policy, self.text, self.loads, self.tags, self.open = [], "", "", {}, [], [], None
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())
        self.close()

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        self.open = (tag, facts)
        self.tags.append((tag, facts))
        self.loads += [facts[key] for key in ("src", "href") if key in facts and not facts[key].startswith("#")]
        if "content" in facts and "default-src" in facts["content"]:
            self.policy = facts["content"]

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, text):
        tag, facts = self.open or ("", {})
        if tag == "script" and facts.get("type") == "application/json":
            self.json += text
        elif tag == "script":
            self.scripts.append(text)
        elif "id" in facts:
            self.text[facts["id"]] = text

    def data(self):
        return json.loads(self.json)

    def the(self, name):
        return next(facts for _, facts in self.tags if facts.get("id") == name)


def rows(path):
    header, *lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return [dict(zip(header, line)) for line in lines]


def value(text):
    return None if text == "." else float(text)


def numbers(path, table, windows=None):
    page = Page(path)
    data, every = page.data(), rows(table)
    best = data["window"]
    highest = max(float(row["score"]) for row in every)
    first = next(row["window"] for row in every if float(row["score"]) == highest)
    mine = [row for row in every if row["window"] == first]
    assert len(mine) == 174 and best["score"] == highest and page.text["best"] == mine[0]["score"]
    assert page.text["windows"].replace(",", "") == str(len(data["profile"]["start"]))
    methods = [name for name in ("gradcam", "gradient", "attention", "mutagenesis") if name in mine[0]]
    assert list(best["methods"]) == methods
    for t, row in enumerate(mine):
        assert (row["name"], row["contig"], row["strand"]) == (data["record"], data["contig"], data["strand"])
        assert row["base"] == best["sequence"][t] and int(row["position"]) == best["position"][t]
        for name in methods:
            assert value(row[name]) == best["methods"][name][t], (row, name)
        if "to_A" in row:
            assert [value(row[f"to_{letter}"]) for letter in "ACGT"] == best["substitution"][t]
        if "deletion" in row and t < len(best["deletion"]):
            assert value(row["deletion"]) == best["deletion"][t]
    starts, scores = data["profile"]["start"], data["profile"]["score"]
    assert len(starts) == len(scores) and starts == sorted(starts) and starts[-1] + 174 == data["length"]
    if not windows:
        return
    scan = [row for row in rows(windows) if row["name"] == data["record"]]
    assert [int(row["start"]) - 1 for row in scan] == starts
    for row, score in zip(scan, scores):
        assert abs(float(row["score"]) - score) < 2e-6, (row, score)


def locked(path):
    page = Page(path)
    assert len(page.scripts) == 1 and not page.loads, (len(page.scripts), page.loads)
    digest = base64.b64encode(hashlib.sha256(page.scripts[0].encode()).digest()).decode()
    assert page.policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'", (page.policy, digest)
    assert not any(key.startswith("on") for _, facts in page.tags for key in facts)


PROD = """<script>
addEventListener("load", () => {
  const told = [], at = (target, type, share, more) => {
    const box = target.getBoundingClientRect();
    target.dispatchEvent(new PointerEvent(type, {bubbles: true, clientX: box.left + share * box.width, clientY: box.top + 40, ...more}));
  };
  const profile = document.getElementById("profile"), range = () => [Number(profile.dataset.from), Number(profile.dataset.to)];
  const inside = share => (64 + share * 626) / 720;
  const tell = (what, text) => told.push([what, text ?? document.getElementById("profile-text").textContent, ...range(),
    profile.querySelectorAll(".tick").length]);
  for (const share of [0, 0.5, 0.9]) { at(profile, "pointermove", inside(share)); tell("point", undefined); }
  at(profile, "pointerdown", inside(0.4)); at(profile, "pointermove", inside(0.6)); at(profile, "pointerup", inside(0.6)); tell("drag");
  at(profile, "pointermove", inside(0.5)); tell("point");
  document.getElementById("in").click(); tell("in");
  document.getElementById("all").click(); tell("all");
  document.getElementById("in").click(); tell("half");
  document.getElementById("all").click();
  profile.dispatchEvent(new WheelEvent("wheel", {bubbles: true, cancelable: true, deltaY: -1,
    clientX: profile.getBoundingClientRect().left + inside(0) * profile.getBoundingClientRect().width})); tell("wheel");
  document.getElementById("out").click(); tell("out");
  const picture = document.querySelector("#window svg"), width = picture.viewBox.baseVal.width;
  for (const t of [0, 86, 173]) {
    at(picture, "pointermove", (data.picture.left + data.picture.letter * (t + 0.5)) / width);
    tell(`base ${t}`, document.getElementById("window-text").textContent);
  }
  const made = document.createElement("pre");
  made.id = "told"; made.textContent = JSON.stringify(told);
  document.body.append(made);
});
</script>
"""


def prod(path, copy):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    policy = Page(path).policy
    assert text.count(policy) == 1
    with open(copy, "w", encoding="utf-8") as file:
        file.write(text.replace(policy, "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'") + PROD)


def prodded(path):
    page = Page(path)
    data, told = page.data(), json.loads(page.text["told"])
    length, starts, scores = data["length"], data["profile"]["start"], data["profile"]["score"]
    nearest = lambda base: min(range(len(starts)), key=lambda i: abs(starts[i] + 87 - base))
    ranges = {}
    for what, text, begin, end, ticks in told:
        assert 2 <= ticks <= 8, (what, begin, end, ticks)
        ranges[what] = (begin, end)
        if what == "point":
            base = int(text.split(";")[0].split()[1].replace(",", "")) - 1
            i = nearest(base)
            said = float(text.split("score ")[1])
            assert begin <= base <= end and said in scores[max(i - 1, 0) : i + 2], (text, scores[i])
    assert told[0][1].startswith("base 1; window 1 to 174: score "), told[0]
    assert told[1][1].startswith("base 751; "), told[1]
    assert ranges["drag"] == (600, 900) and ranges["in"] == (675, 825) and ranges["all"] == (0, length), ranges
    assert ranges["wheel"] == (0, 1200) and ranges["out"] == (0, length), ranges
    assert ranges["half"] == (375, 1125), ranges
    best = data["window"]
    for t in (0, 86, 173):
        text = next(row[1] for row in told if row[0] == f"base {t}")
        letter = best["sequence"][t]
        assert text.startswith(f"base {t + 1} of the window: {letter.replace('T', 'U')}; {data['contig']}:"), text
        for name, values in best["methods"].items():
            assert float(text.split(f"{name} ")[1].split(";")[0]) == values[t], (name, text)
        for other in set("ACGT") - {letter}:
            change = text.split(f"to {other.replace('T', 'U')} ")[1].split(";")[0]
            assert float(change) == best["substitution"][t]["ACGT".index(other)], (other, text)
    assert any(tag == "polyline" and facts.get("class") == "tail" for tag, facts in page.tags)


if __name__ == "__main__":
    {"numbers": numbers, "locked": locked, "prod": prod, "prodded": prodded}[sys.argv[1]](*sys.argv[2:])
