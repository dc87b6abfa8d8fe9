"""The parts of a Markdown file that scripts write: what stands between <!-- NAME begins --> and <!-- NAME ends -->."""
import os
import pathlib
import re


def write_whole(path, text):
    """All of it or nothing, whatever lay there."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def replace(path, name, text):
    """Puts `text` between the markers of `name`, which the file must have once. The file is replaced as a whole."""
    path = pathlib.Path(path)
    begin, end = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
    old = path.read_text(encoding="utf-8")
    if old.count(begin) != 1 or old.count(end) != 1 or old.index(begin) > old.index(end):
        raise SystemExit(f"{path}: '{begin}' and '{end}' must stand there once, in this order")
    head, rest = old.split(begin)
    new = f"{head}{begin}\n{text.strip()}\n{end}{rest.split(end)[1]}"
    write_whole(path, new)


def table(head, rows):
    """A Markdown table of words; the first column is text, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def three_digits(x):
    """A number as a reader wants it: 123,000 or 45.6 or 0.0123."""
    if x == 0:
        return "0"
    digits = 3 - len(str(int(abs(x)))) if abs(x) >= 1 else 2 - int(f"{x:e}".split("e")[1])
    rounded = round(x, digits)
    return f"{rounded:,.{max(digits, 0)}f}"


def machine():
    """What ran: processor, CPUs that may be used, load just now."""
    words = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")

    def fact(name):
        found = re.search(rf"^{name}\s*: (.*)$", words, re.MULTILINE)
        return found.group(1) if found else "unknown"

    # Some machines keep back their full name; family and model tell the generation (AMD 25 and 1: Zen 3, 25 and 17: Zen 4).
    return {
        "processor": f"{fact('model name')} (family {fact('cpu family')}, model {fact('model')})",
        "cpus": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
    }


def machine_line(facts, date):
    return f"{facts['processor']}, {facts['cpus']} CPUs, load average {facts['load']} before the run; {date}."
