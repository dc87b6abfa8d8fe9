#!/usr/bin/env python3
"""What the kernels' PTX may not hold: cuda_ptx.py FILE.ptx...

The PTX is also run by an independent emulator that knows plain instructions only, and what is forbidden here would be
slow or unsafe on hardware besides. Each rule carries an example, and finds it in every run: a rule that finds nothing
proves nothing.
"""
import pathlib
import re
import sys

# Pattern of an instruction, why not, an instruction of that kind.
RULES = [
    (r"\S*mma\S*\.|(ld|st)matrix|tcgen05", "tensor cores", "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%f1}, %r1;"),
    (r"cp\.", "asynchronous copy", "cp.async.ca.shared.global [%r1], [%rd1], 16;"),
    (r"\S*\.(b?f16(x2)?|tf32)\b", "numbers shorter than float", "fma.rn.bf16x2 %r1, %r2, %r3, %r4;"),
    (r"\S*\.f64\b", "double", "atom.global.add.f64 %fd1, [%rd1], %fd2;"),
    (r"redux", "reduction over a warp by the hardware", "redux.sync.add.s32 %r1, %r2, -1;"),
    (r"(bar(?!\.sync\s+0;|\.warp)|mbarrier)", "a barrier that is not the whole block's", "bar.sync \t1, 64;"),
    (r".*%(clock|globaltimer)", "clock", "mov.u32 \t%r1, %clock;"),
    (r"(atom|red)\.\S*(min|max)\.[us]64", "64-bit minimum or maximum", "atom.global.max.u64 %rd1, [%rd2], %rd3;"),
    (r"call|trap|alloca", "calls: printf, malloc, assertions", "call.uni (retval0), vprintf, (param0, param1);"),
    (r"\S*\.local\b", "local memory: spills, arrays without a fixed index", "st.local.f32 [%rd1], %f1;"),
]
PREDICATE = re.compile(r"@!?%p\d+\s+")
BRANCH = re.compile(r"bra(?:\.uni)?\s+(\$\w+);")


def lines_of(text):
    """Instructions and labels without predicates, comments and blanks, and the braces that close kernels; from 1."""
    for number, raw in enumerate(text.splitlines(), 1):
        line = PREDICATE.sub("", raw.split("//")[0].strip())
        if line and not line.startswith(".") and (line != "}" or raw.startswith("}")):
            yield number, line


def kernels_of(lines):
    kernel = []
    for number, line in lines:
        kernel.append((number, line))
        if line == "}":
            yield kernel
            kernel = []


def barrier_faults(kernel):
    """A thread that can pass by a barrier leaves the others waiting."""
    labels = {line[:-1]: number for number, line in kernel if re.fullmatch(r"\$\w+:", line)}
    for barrier, line in kernel:
        if not line.startswith("bar.sync"):
            continue
        for number, other in kernel:
            jump = BRANCH.match(other)
            if number < barrier and (re.match(r"ret|exit", other) or jump and labels[jump[1]] > barrier):
                yield number, f"leaves before the barrier of line {barrier}", other


def faults(text):
    lines = list(lines_of(text))
    for number, line in lines:
        yield from ((number, why, line) for pattern, why, _ in RULES if re.match(pattern, line))
    for kernel in kernels_of(lines):
        yield from barrier_faults(kernel)


def prove_rules():
    for _, why, example in RULES:
        assert [found[1] for found in faults(f"\t@%p1 {example}\n")].count(why) == 1, why
    assert not list(faults("\tbar.sync \t0;\n\tbar.warp.sync \t-1;\n\t@%p1 bra \t$L;\n$L:\n\tret;\n}\n"))
    assert list(faults("\t@%p1 bra \t$L;\n\tbar.sync \t0;\n$L:\n\tret;\n}\n"))
    assert list(faults("\t@%p1 ret;\n\tbar.sync \t0;\n\tret;\n}\n"))


def main():
    prove_rules()
    files = sys.argv[1:] or sys.exit(__doc__)
    found = [f"{file}:{number}: {why}: {line}" for file in files for number, why, line in faults(pathlib.Path(file).read_text(encoding="utf-8"))]
    print("\n".join([*found, f"note: {len(files)} PTX files"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
