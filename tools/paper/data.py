"""The labelled windows, the rows set aside for testing, and the ten folds of the others: the same for all experiments."""
import csv
import dataclasses
import gzip

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from tools.paper.frame import FOLDS

# The table's own fold 0: whole clusters, which the built-in model never trained on either.
TEST_FOLD = 0


@dataclasses.dataclass
class Windows:
    """Arrays of one value a row."""
    ids: np.ndarray
    sequences: np.ndarray
    labels: np.ndarray  # 0 or 1
    groups: np.ndarray  # clusters of 80% identity
    origins: np.ndarray  # "human", "virus" or ""
    folds: np.ndarray  # those of the table

    def __len__(self):
        return len(self.ids)

    def chosen(self, mask):
        return Windows(*(getattr(self, field.name)[mask] for field in dataclasses.fields(self)))


def read(path):
    """The rows with a label."""
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["label"] in ("0", "1")]
    columns = ["id", "sequence", "label", "cluster", "origin", "fold"]
    ids, sequences, labels, groups, origins, folds = ([row[column] for row in rows] for column in columns)
    return Windows(np.array(ids), np.array(sequences), np.array(labels, dtype=int), np.array(groups), np.array(origins),
                   np.array(folds, dtype=int))


def split(windows):
    """(rows to learn from, their fold of ten, rows to test on); clusters are never on two sides."""
    test = windows.folds == TEST_FOLD
    learn = windows.chosen(~test)
    folds = np.zeros(len(learn), dtype=int)
    rounds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1).split(learn.ids, learn.labels, learn.groups)
    for fold, (_, held_out) in enumerate(rounds):
        folds[held_out] = fold
    return learn, folds, windows.chosen(test)


def counts(windows):
    return f"{len(windows):,} rows, {int(windows.labels.sum()):,} of them active"


def read_fasta(path):
    """[(name, label, sequence)] of a published test set: the label is the second field of the name."""
    records = []
    for entry in path.read_text(encoding="ascii").split(">")[1:]:
        name, *lines = entry.split("\n")
        records.append((name, int(name.split("|")[1]), "".join(lines).strip().upper().replace("U", "T")))
    return records
