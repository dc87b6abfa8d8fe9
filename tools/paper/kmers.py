"""k-mer frequencies, k = 1..4: of a whole sequence, by reading frame, and in windows along it."""
import numpy as np

LONGEST = 4
COUNT = sum(4**k for k in range(1, LONGEST + 1))  # 340
FRAMES = 3
SPAN, STRIDE, SPANS = 20, 10, 17  # 17 windows of 20 bases cover 174; the last one is shorter
CODES = np.full(256, -1, dtype=np.int64)
CODES[np.frombuffer(b"ACGT", dtype=np.uint8)] = range(4)


def words_at(sequence):
    """For k = 1..4: the number of the k-mer that begins at each base, -1 where a base of it is missing."""
    codes = CODES[np.frombuffer(sequence.encode("ascii"), dtype=np.uint8)]
    numbers, missing = np.zeros(len(codes), dtype=np.int64), np.zeros(len(codes), dtype=bool)
    for k in range(1, LONGEST + 1):
        if len(codes) < k:
            yield np.zeros(0, dtype=np.int64)
            continue
        last = codes[k - 1 :]
        numbers, missing = numbers[: len(last)] * 4 + last, missing[: len(last)] | (last < 0)
        yield np.where(missing, -1, numbers)


def counted(words, k):
    return np.bincount(words[words >= 0], minlength=4**k)


def shares(counts):
    return counts / max(counts.sum(), 1)


def whole(sequence):
    """340 frequencies; those of one k add up to 1."""
    return np.concatenate([shares(counted(words, k)) for k, words in enumerate(words_at(sequence), 1)])


def framed(sequence):
    """340 frequencies for the k-mers that begin in each of the three frames."""
    return np.concatenate([shares(counted(words[frame::FRAMES], k)) for k, words in enumerate(words_at(sequence), 1) for frame in range(FRAMES)])


def windowed(sequence):
    """340 counts for each of 17 stretches of 20 bases, 10 apart; stretches beyond the end are empty."""
    every = list(words_at(sequence))
    return np.concatenate([counted(every[k - 1][start : start + SPAN - k + 1], k) for start in range(0, SPANS * STRIDE, STRIDE)
                           for k in range(1, LONGEST + 1)])


def matrix(features, sequences, dtype=np.float32):
    return np.array([features(sequence) for sequence in sequences], dtype=dtype)
