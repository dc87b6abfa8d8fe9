#!/usr/bin/env python3
"""What each CUDA kernel takes, as the compiler tells it: the table in kernels/cuda/RESOURCES.md.

    cuda_resources.py [--check] VERSION FOLDER

FOLDER holds KERNEL.ARCHITECTURE.ptx and, of ARCHITECTURES, what ptxas -v said of it as .txt (tools/check/cuda.sh puts them
there). Prints the table; with --check compares it with the committed one and exits 1 where they differ. Registers depend
on the compiler: where VERSION is not the committed table's, only the rules are checked that
tests/cuda_on_host/resources_test.cpp holds the table to (no spills, enough warps on a multiprocessor).
"""
import difflib
import pathlib
import re
import sys

TABLE = pathlib.Path(__file__).parents[2] / "kernels/cuda/RESOURCES.md"
ARCHITECTURES = (75, 90, 120)
# Of a multiprocessor: 64 Ki registers, warps, and KiB of shared memory that blocks can have.
WARPS = {75: 32, 90: 64, 120: 48}
SHARED = {75: 64, 90: 228, 120: 100}
RESERVED_SHARED = {75: 0, 90: 1024, 120: 1024}  # bytes that each block takes beside its own
# Threads of a block, and the fewest warps on a multiprocessor that the kernel counts on (see HEAD).
KERNELS = {
    "encode_tile": (256, 32),
    "conv_direct": (256, 24),
    "window_ends": (128, 20),
    "project": (128, 24),
    "bigru": (128, 16),
    "attention": (128, 12),
    "head": (128, 32),
}
# For what, how often in the counted stretch, and what one thread has to do for it by the arithmetic alone.
NEEDS = {
    "conv_direct": ("a base", 1, "640 fma (second layer), 40 row additions"),
    "window_ends": ("a position", 1, "the same"),
    "project": ("a column", 1, "768 fma"),
    "bigru": ("a lane's step", 3, "48 fma (recurrence), 6 exponentials, 4 reciprocals"),
    "attention": ("a lane's step", 1, "48 + 32 fma (recurrence, scores), 6 + 3 exponentials, 4 + 2 reciprocals"),
    "head": ("a window", 1, "544 fma"),
}
CLASSES = {
    "fma": r"fma\.",
    "add, mul, max": r"(add|sub|mul|max|min)\.ftz",
    "ex2": r"ex2\.",
    "rcp": r"rcp\.",
    "exchange": r"shfl\.",
    "memory": r"(ld|st)\.(global|shared)",
    "integer, control": r"(?!ld\.param|mov|cvta|neg).",
}
HEAD = """# What the CUDA kernels take
Made by `tools/check/cuda.sh --write` with {version}; a test reads it. Blocks and warps on a multiprocessor follow from registers,
shared memory and warps of the architecture. `wanted` is the fewest warps that the kernel counts on: `bigru` and `attention`
wait for special functions, of which a warp has about ten on the way at once, and fetch a step's input 3 steps (1 step)
ahead, so that 4 (3) warps on each of the four schedulers keep those units busy; the others wait for memory and operands
and want many warps.

| kernel | sm | threads | registers | spills, bytes | shared, bytes | blocks | warps | wanted |
|---|---|---|---|---|---|---|---|---|
"""
LOOPS = """
PTX instructions of one thread, beside what the arithmetic needs. Counted in the steady loop, or in the whole kernel where
there is none, with every copy that the compiler made of short loops. Moves, signs and parameters are left out: they
become operands.

| kernel | for | {classes} | needs |
|---|---|{lines}---|
"""


def usage(said):
    """Registers, bytes spilled and bytes of shared memory."""
    registers = re.search(r"Used (\d+) registers", said) or sys.exit(f"ptxas says nothing of registers:\n{said}")
    spills = re.search(r"(\d+) bytes spill stores, (\d+) bytes spill loads", said) or sys.exit(f"ptxas says nothing of spills:\n{said}")
    shared = re.search(r"(\d+) bytes smem", said)
    return int(registers[1]), int(spills[1]) + int(spills[2]), int(shared[1]) if shared else 0


def blocks_that_fit(architecture, threads, registers, shared):
    """Registers are handed out to a warp in steps of 256, shared memory to a block in steps of 128 bytes (256 on sm_75)."""
    warps = threads // 32
    step = 256 if architecture == 75 else 128
    taken = -(-(shared + RESERVED_SHARED[architecture]) // step) * step
    by_registers = 65536 // (-(-registers * 32 // 256) * 256) // warps
    by_shared = SHARED[architecture] * 1024 // taken if taken else by_registers
    return min(by_registers, by_shared, WARPS[architecture] // warps)


def loop_of(ptx):
    """The instructions of the longest loop with an exchange in it, or all."""
    lines = ptx.splitlines()
    labels = {line[:-1]: i for i, line in enumerate(lines) if re.fullmatch(r"\$\w+:", line)}
    jumps = [(labels[found[1]], i) for i, line in enumerate(lines) if (found := re.search(r"bra(?:\.uni)?\s+(\$\w+);", line))]
    loops = [lines[to:i] for to, i in jumps if to < i and any("shfl" in line for line in lines[to:i])]
    stretch = max(loops, key=len) if loops else lines
    return [found[1] for line in stretch if (found := re.match(r"\s+(?:@!?%p\d+\s+)?([a-z][\w.]+)", line))]


def count(ptx):
    counts = dict.fromkeys(CLASSES, 0)
    for instruction in loop_of(ptx):
        if kind := next((kind for kind, pattern in CLASSES.items() if re.match(pattern, instruction)), None):
            counts[kind] += 1
    return counts.values()


def row_text(cells):
    return f"| {' | '.join(map(str, cells))} |\n"


def table(version, folder):
    text = HEAD.format(version=version)
    for name, (threads, wanted) in KERNELS.items():
        for architecture in ARCHITECTURES:
            registers, spills, shared = usage((folder / f"{name}.{architecture}.txt").read_text(encoding="utf-8"))
            blocks = blocks_that_fit(architecture, threads, registers, shared)
            text += row_text([name, architecture, threads, registers, spills, shared, blocks, blocks * threads // 32, wanted])
    text += LOOPS.format(classes=" | ".join(CLASSES), lines="---|" * len(CLASSES))
    for name, (unit, times, needs) in NEEDS.items():
        counts = count((folder / f"{name}.90.ptx").read_text(encoding="utf-8"))
        text += row_text([name, unit, *(f"{number / times:g}" for number in counts), needs])
    return text


def broken_rules(made):
    rows = [line.strip("| ").split(" | ") for line in made.splitlines() if re.match(r"\| \w+ \| \d", line)]
    return [" ".join(row) for row in rows if int(row[4]) or int(row[7]) < int(row[8])]


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    version, folder = arguments[0], pathlib.Path(arguments[1])
    kernels = {path.name.split(".")[0] for path in folder.glob("*.ptx")}
    if kernels != set(KERNELS):
        sys.exit(f"kernels without a row, or rows without a kernel: {kernels ^ set(KERNELS)}")
    made = table(version, folder)
    if "--check" not in sys.argv:
        print(made, end="")
        return
    committed = TABLE.read_text(encoding="utf-8")
    if version not in committed:
        print(f"note: {version} is not the committed table's compiler: rules only")
        sys.exit("\n".join(broken_rules(made)) or None)
    difference = list(difflib.unified_diff(committed.splitlines(), made.splitlines(), str(TABLE), "compiled", lineterm=""))
    sys.exit("\n".join([*difference, "to mend: tools/check/cuda.sh --write"]) if difference else None)


if __name__ == "__main__":
    main()
