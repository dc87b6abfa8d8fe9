"""Networks by iresweep-train: one a fold, scored on the rows held out."""
import csv
import os
import pathlib
import subprocess
import sys

import numpy as np

from tools import sections
from tools.paper import data, frame

HELD_OUT = frame.FOLDS  # the fold of the test rows in the tables that are handed over
# The recipe of the label-only networks of docs/model-card.md.
RECIPE = ["--dropout", "0.2", "--batch", "64", "--epochs", "15", "--schedule", "constant"]
SMOKE = ["--batch", "16", "--epochs", "1", "--epoch-steps", "3", "--warmup", "1"]


def write_table(path, learn, folds, test):
    """Folds of the rows to learn from; the test rows in fold HELD_OUT."""
    lines = ["id\tsequence\tlabel\tgroup\tfold"]
    for rows, fold_of in ((learn, folds), (test, np.full(len(test), HELD_OUT))):
        lines += [f"{rows.ids[i]}\t{rows.sequences[i]}\t{rows.labels[i]}\t{rows.groups[i]}\t{fold_of[i]}" for i in range(len(rows))]
    sections.write_whole(path, "\n".join(lines) + "\n")


class Training:
    """One run of `iresweep-train fit` with `fold` choosing the epoch. Files are BASE.*; a stopped training goes on."""

    def __init__(self, setup, table, fold, options, base, hold_out=True):
        self.command = [setup.program("iresweep-train"), "fit", str(table), "--validation-fold", str(fold), "--held-out-fold",
                        str(HELD_OUT), "--log", f"{base}.log.json", "--checkpoint", f"{base}.ckpt", "--resume", *options]
        if hold_out:
            self.command += ["--scores", f"{base}.scores.tsv"]
        self.errors, self.checkpoint, self.spent = (pathlib.Path(f"{base}.{end}") for end in ("err", "ckpt", "seconds"))
        # Processor seconds of earlier tries.
        self.before = float(self.spent.read_text(encoding="ascii")) if self.spent.exists() and self.checkpoint.exists() else 0
        with open(self.errors, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(self.command, stderr=errors)
        self.running = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ends a training that is not wanted any more, and keeps what it took."""
        if self.running:
            self.process.terminate()
            sections.write_whole(self.spent, f"{self.wait()[1]}\n")

    def wait(self):
        """(exit status, processor seconds, those before it was stopped included)"""
        _, status, used = os.wait4(self.process.pid, 0)
        self.running = False
        return status, self.before + used.ru_utime + used.ru_stime

    def finish(self):
        """Processor seconds."""
        status, seconds = self.wait()
        if status:
            sys.exit(f"{' '.join(self.command)}: failed\n" + self.errors.read_text(encoding="utf-8"))
        self.checkpoint.unlink()
        self.spent.unlink(missing_ok=True)
        return seconds


def fit(setup, table, fold, options, base, hold_out=True):
    """Trains to the end; gives processor seconds."""
    with Training(setup, table, fold, options, base, hold_out) as training:
        return training.finish()


def scores_of(base, windows):
    """The scores of BASE.scores.tsv in the order of `windows`."""
    with open(f"{base}.scores.tsv", encoding="utf-8") as file:
        by_id = {row["id"]: float(row["score"]) for row in csv.DictReader(file, delimiter="\t")}
    return np.array([by_id[name] for name in windows.ids])


def folded(setup):
    """The table to train on, with the windows it was made from: (path, rows to learn from, their folds, test rows)."""
    learn, folds, test = data.split(data.read(setup.table))
    path = setup.work / "table.tsv"
    write_table(path, learn, folds, test)
    return path, learn, folds, test
