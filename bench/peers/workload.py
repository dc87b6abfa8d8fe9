"""What every contender scores: one FASTA, one model. Written by iresweep and by standard Python alone."""
import gzip
import pathlib
import subprocess
from typing import NamedTuple

WINDOW, STEP = 174, 50


class Place(NamedTuple):
    work: pathlib.Path   # for files of this run
    build: pathlib.Path  # where iresweep and score_windows were built
    model: pathlib.Path  # *.safetensors
    fasta: pathlib.Path
    threads: int


def convert_model(build, model, to):
    subprocess.run([build / "tools/iresweep", "model", "convert", model, to], check=True)


def records(path):
    """Yields the FASTA's records, each as its text."""
    with open(path, "rb") as file:
        compressed = file.read(2) == b"\x1f\x8b"
    record = []
    with gzip.open(path) if compressed else open(path, "rb") as file:
        for line in file:
            if line.startswith(b">") and record:
                yield b"".join(record)
                record = []
            record.append(line if line.endswith(b"\n") else line + b"\n")
    if record:
        yield b"".join(record)


def windows_of(record):
    length = sum(len(line.strip()) for line in record.split(b"\n")[1:])
    return (max(length - WINDOW, 0) + STEP - 1) // STEP + 1 if length else 0


def write_fasta(source, to, windows):
    """The records of `source`, over and over, until they have so many windows. Returns how many that are."""
    count = 0
    with open(to, "wb") as file:
        while True:
            before = count
            for record in records(source):
                file.write(record)
                count += windows_of(record)
                if count >= windows:
                    return count
            if count == before:
                raise SystemExit(f"{source}: no window to score")
