#!/usr/bin/env python3
"""Draws the samples of `perf script` (standard input) as a flame graph.

A frame's width is its share of all samples; above it stands what it called. Frames narrower than half a unit are left out.
Prints the share of each of a scan's stages, too.
"""
import argparse
import collections
import html
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from tools import sections  # noqa: E402

WIDTH, ROW, MARGIN, TOP, LETTER = 1200, 18, 10, 48, 6.3
# A sample belongs to the first stage one of whose functions is on its stack.
STAGES = {
    "scoring": r"Engine::(score|encode)|Caller::foresee|kernels::cpu|N_\w+::",
    "reading and tiling": r"Source::next|Reader::|[Tt]iler?\b|bgzf_|hts_|inflate",
    "calling and writing": r"Caller::|Writer::|Output",
}


def shortened(symbol):
    """A function's name without offset, types of arguments and the project's namespace."""
    name = re.sub(r"\+0x[0-9a-f]+$", "", symbol)
    name = re.sub(r" ?\[clone [^]]*\]|\(anonymous namespace\)::|iresweep::", "", name)
    name = re.sub(r"<.*>", "<>", name)
    return re.sub(r"\(.*", "", name).strip() or "?"


def stacks(lines):
    """Counts of call stacks, each a tuple of names from the thread's start inwards."""
    counts, frames = collections.Counter(), []
    for line in [*lines, ""]:
        if line.strip() and line[0].isspace():
            frames.append(shortened(line.strip().split(maxsplit=1)[1].rsplit(" (", 1)[0]))
        elif not line.strip() and frames:
            counts[tuple(reversed(frames))] += 1
            frames = []
    return counts


def stage_shares(counts):
    shares = collections.Counter()
    for stack, count in counts.items():
        words = ";".join(stack)
        shares[next((stage for stage, names in STAGES.items() if re.search(names, words)), "the rest")] += count
    total = sum(counts.values())
    return {stage: shares[stage] / total for stage in [*STAGES, "the rest"]}


def frames(counts):
    """(depth, begin, width, name) of every frame, in samples; siblings in order of their names."""
    def grow(group, depth, begin):
        children = collections.defaultdict(dict)
        for stack, count in group.items():
            if len(stack) > depth:
                children[stack[depth]][stack] = count
        for name in sorted(children):
            width = sum(children[name].values())
            yield depth, begin, width, name
            yield from grow(children[name], depth + 1, begin)
            begin += width
    yield from grow(counts, 0, 0)


def colour(name):
    """Warm, and the same for a name in every picture."""
    hue = sum(ord(letter) * (i + 1) for i, letter in enumerate(name)) % 46
    return f"hsl({hue + 8} 80% 68%)"


def drawing(counts, title):
    total = sum(counts.values())
    scale = (WIDTH - 2 * MARGIN) / total
    drawn = [frame for frame in frames(counts) if frame[2] * scale >= 0.5]
    height = TOP + ROW * (max(frame[0] for frame in drawn) + 1) + MARGIN
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="10.5">\n'
           f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
           f'<text x="{MARGIN}" y="24" font-size="15">{html.escape(title)}</text>\n')
    for depth, begin, width, name in drawn:
        x, y, wide = MARGIN + begin * scale, height - MARGIN - ROW * (depth + 1), width * scale
        letters = int((wide - 6) / LETTER)
        shown = name if len(name) <= letters else name[: letters - 1] + "…" if letters > 3 else ""
        yield (f'<g><title>{html.escape(name)}, {100 * width / total:.1f}%</title>'
               f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{ROW - 1}" rx="2" fill="{colour(name)}"/>'
               f'<text x="{x + 3:.1f}" y="{y + 12}">{html.escape(shown)}</text></g>\n')
    yield "</svg>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", default="")
    parser.add_argument("picture", type=pathlib.Path, help="SVG file to write")
    options = parser.parse_args()
    counts = stacks(sys.stdin)
    if not counts:
        sys.exit("draw.py: no samples on standard input; `perf script` prints them")
    sections.write_whole(options.picture, "".join(drawing(counts, options.title)))
    for stage, share in stage_shares(counts).items():
        print(f"{100 * share:5.1f}%  {stage}")


if __name__ == "__main__":
    main()
