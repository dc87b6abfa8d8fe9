"""The facts of a run as the Markdown of RESULTS.md: python -m bench.peers.table peers.json RESULTS.md"""
import json
import pathlib
import sys

from tools import sections
from tools.sections import three_digits


def best_framework(contenders):
    return max((c for c in contenders if c["name"] != "iresweep" and not c["one_by_one"]), key=lambda c: c["median"], default=None)


def speed_table(contenders):
    best = best_framework(contenders)
    single = next((c for c in contenders if c.get("one_by_one")), None)
    rows = []
    for c in contenders:
        rows.append([
            c["title"],
            f"{c['batch']:,}" if "batch" in c else "",
            three_digits(c["median"]),
            f"{three_digits(min(c['rates']))} to {three_digits(max(c['rates']))}",
            three_digits(c["median"] / best["median"]) if best else ".",
            three_digits(c["median"] / single["median"]) if single else ".",
            three_digits(c["peak_memory_bytes"] / 1e6),
        ])
    head = ["", "batch", "windows/s, median", "lowest to highest", "times the best framework", "times one by one", "peak memory, MB"]
    return sections.table(head, rows)


def score_table(contenders):
    rows = [[c["title"], f"{c['scores']['windows']:,}", f"{c['scores']['difference']:.1e}"] for c in contenders if "scores" in c]
    return sections.table(["scores against ours", "windows", "largest difference"], rows)


def sweep_table(contenders):
    swept = [c for c in contenders if c["sweep"]]
    sizes = sorted({int(size) for c in swept for size in c["sweep"]})
    rates = [{int(size): rate for size, rate in c["sweep"].items()} for c in swept]
    rows = [[c["title"], *[three_digits(rate[size]) if size in rate else "" for size in sizes]] for c, rate in zip(swept, rates)]
    return sections.table(["windows/s by batch size", *[f"{size:,}" for size in sizes]], rows) if rows else ""


def tables(facts):
    contenders = facts["contenders"]
    versions = ", ".join(sorted({c["version"] for c in contenders if "version" in c}))
    parts = [
        "A `--quick` run: **no result**, only proof that the script works." if facts["quick"] else "",
        f"{sections.machine_line(facts['machine'], facts['date'])} {facts['rounds']} turns of {facts['seconds']:g} s each, "
        f"taken alternately; a scan is {facts['scan_windows']:,} windows. Weights {facts['model']}, windows of {facts['fasta']}. {versions}.",
        speed_table(contenders),
        score_table(contenders),
        sweep_table(contenders),
    ]
    return "\n\n".join(part for part in parts if part)


if __name__ == "__main__":
    measured = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    sections.replace(sys.argv[2], measured["section"], tables(measured))
