#!/usr/bin/env python3
"""Holds the source tree to the house's rules; prints every breach with its line, exits 1 when there is one.

tools -> host -> kernels -> include, never upward; the oracle and the vector kernels share nothing; each outside
library stays in its folder; only tools/ prints or exits; files stay small.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
MOST_LINES = 400

# A folder may include from itself and from what stands here, by the longest prefix that fits.
MAY_INCLUDE = {
    "include": [],
    "kernels": ["include", "kernels"],
    "host": ["include", "kernels", "host"],
    "tools": ["include", "kernels", "host", "tools"],
    "bench": ["include", "kernels", "host", "tests/support", "bench"],
    "tests": ["include", "kernels", "host", "tools", "tests"],
}
# Pairs that know nothing of each other.
STRANGERS = [("kernels/cpu", "kernels/reference"), ("kernels/cpu", "kernels/cuda"), ("kernels/reference", "kernels/cuda")]
# Outside libraries and the only folders that include them; tests and bench may include any.
LIBRARY_HOMES = {
    "htslib/": ["host/input", "host/output"],
    "hwy/": ["kernels/cpu", "host/train"],
    "cuda": ["kernels/cuda", "host/engine/cuda"],
    "cudnn": ["kernels/cuda/conv_cudnn.cpp"],
    "nvtx3/": ["kernels/cuda"],
    "torch/": ["host/train", "tools/train"],
    "CLI/": ["tools"],
    "spdlog/": ["tools"],
}
PRINTS = re.compile(r"\bstd::(cout|cerr|clog|exit|abort|quick_exit|terminate)\b|\b(f?printf|puts|exit|abort)\s*\(")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
COMMENT = re.compile(r"//.*$")


def inside(path, folder):
    return path == folder or path.startswith(folder + "/")


def source_of(target):
    """The tree's path of a quoted include: public headers are included as iresweep/x.h."""
    return "include/" + target if target.startswith("iresweep/") else target


def include_breach(path, quote, target):
    top = path.split("/")[0]
    library = next((prefix for prefix in LIBRARY_HOMES if target.startswith(prefix)), None)
    if quote == '"' and not library:
        wanted = source_of(target)
        if not (ROOT / wanted).is_file():
            return f'"{target}" is not a path from the root of the tree'
        if not any(inside(wanted, folder) for folder in MAY_INCLUDE[top]) and not (top == "include" and inside(wanted, "include")):
            return f"{top}/ may not include {wanted}"
        for one, other in STRANGERS:
            if (inside(path, one) and inside(wanted, other)) or (inside(path, other) and inside(wanted, one)):
                return f"{one} and {other} may not know each other"
        return None
    if top == "include" and ("/" in target or "." in target):
        return f"include/ takes standard headers only, not <{target}>"
    homes = LIBRARY_HOMES.get(library, [])
    if library and top not in ("tests", "bench") and not any(inside(path, home) for home in homes):
        return f"{target} may be included in {' and '.join(homes)} only"
    return None


def breaches(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    if len(lines) > MOST_LINES:
        yield len(lines), f"{len(lines)} lines, more than {MOST_LINES}"
    if path.endswith((".cpp", ".h", ".cu", ".cuh")):
        # Highway's -inl.h files are meant to be read once for every instruction set.
        if path.endswith((".h", ".cuh")) and not path.endswith("-inl.h") and "#pragma once" not in lines:
            yield 1, "a header without #pragma once"
        for number, line in enumerate(lines, 1):
            if found := INCLUDE.match(line):
                if fault := include_breach(path, *found.groups()):
                    yield number, fault
            elif path.startswith(("include/", "kernels/", "host/")) and (found := PRINTS.search(COMMENT.sub("", line))):
                yield number, f"{found.group().strip()}: only tools/ prints and exits"
    for number, line in enumerate(lines, 1):
        if re.search(r"\b(TODO|FIXME|XXX)\b", line) and path != "tools/check/structure.py":
            yield number, "unfinished: file an issue instead"


def main():
    kinds = {".cpp", ".h", ".cu", ".cuh", ".sh", ".bats", ".bash", ".py", ".cmake", ".txt"}
    files = sorted(
        str(file.relative_to(ROOT))
        for folder in [*MAY_INCLUDE, "cmake"]
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix in kinds
    )
    if not files:
        sys.exit(f"{ROOT}: no source files here")
    faults = [f"{path}:{number}: {fault}" for path in files for number, fault in breaches(path)]
    print("\n".join(faults), end="\n" if faults else "")
    print(f"note: {len(files)} files, {len(faults)} breaches")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
