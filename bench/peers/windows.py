"""The windows of a FASTA, cut as iresweep cuts them, and the one-hot input that the frameworks take."""
import gzip

import numpy as np

WINDOW = 174
STEP = 50
MISSING = 4

_CODES = np.full(256, MISSING, np.uint8)
for _code, _letters in enumerate(("Aa", "Cc", "Gg", "TtUu")):
    _CODES[[ord(letter) for letter in _letters]] = _code
# A base's code to its four inputs; a missing base is four zeros.
_ONE_HOT = np.eye(5, 4, dtype=np.float32)


def read_fasta(path):
    """Yields the base codes of each record, as uint8. Plain or gzip."""
    with open(path, "rb") as file:
        compressed = file.read(2) == b"\x1f\x8b"
    lines = []
    with gzip.open(path) if compressed else open(path, "rb") as file:
        for line in file:
            if not line.startswith(b">"):
                lines.append(line.strip())
            elif lines:
                yield _codes(lines)
                lines = []
    if lines:
        yield _codes(lines)


def _codes(lines):
    return _CODES[np.frombuffer(b"".join(lines), np.uint8)]


def starts(length, step=STEP):
    """0, step, 2 step, ... and the window that ends with the record, not twice."""
    last = max(length - WINDOW, 0)
    return [*range(0, last, step), last]


def first_windows(path, count):
    """The codes of the first `count` windows: [count, WINDOW], fewer where the file ends. Short records are padded left."""
    windows = []
    for codes in read_fasta(path):
        if not len(codes):
            continue
        padded = np.pad(codes, (max(WINDOW - len(codes), 0), 0), constant_values=MISSING)
        for start in starts(len(codes)):
            windows.append(padded[start : start + WINDOW])
            if len(windows) == count:
                return np.array(windows)
    return np.array(windows)


def one_hot(codes):
    """[n, WINDOW] codes to float32 [n, WINDOW, 4]."""
    return _ONE_HOT[codes]
