"""A table like ires_train.tsv and two test sets like the published ones, made up: for smoke runs and tests."""
import random

COLUMNS = ["id", "sequence", "label", "source", "activity", "cluster", "fold", "origin"]


def rows(count=300, seed=10):
    """Positives are rich in T; three rows a cluster, ten folds of clusters."""
    generator = random.Random(seed)
    made = []
    for i in range(count):
        label = generator.random() < 0.4
        sequence = "".join(generator.choices("ACGT", weights=[3, 2, 2, 5 if label else 3], k=174))
        made.append([f"m{i}", sequence, int(label), "made", 900 if label else 206, f"c{i // 3}", i // 3 % 10, "human" if i % 2 else "virus"])
    return made


def write(folder):
    table = folder / "ires_train.tsv"
    lines = ["\t".join(map(str, row)) for row in [COLUMNS, *rows()]]
    table.write_text("\n".join(lines) + "\n", encoding="ascii")
    for name, seed, length in (("core", 1, 120), ("5utr", 2, 174)):
        records = [f">ires{i}|{row[2]}|\n{row[1][:length if row[2] else 174]}" for i, row in enumerate(rows(26, seed))]
        (folder / f"{name}.fa").write_text("\n".join(records) + "\n", encoding="ascii")
    return table
