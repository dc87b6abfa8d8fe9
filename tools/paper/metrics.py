"""The paper's metrics, and their mean and standard deviation over fold models as a table's words."""
import statistics

import numpy as np
from sklearn import metrics

NAMES = {"sensitivity": "Sn", "specificity": "Sp", "balanced_accuracy": "balanced ACC", "mcc": "MCC", "f1": "F1", "auroc": "AUROC",
         "aupr": "AUPR"}


def quality(labels, scores, threshold=0.5):
    """Scores above the threshold are called. AUPR is average precision."""
    labels, scores = np.asarray(labels), np.asarray(scores)
    called = scores > threshold
    return {
        "sensitivity": float(called[labels == 1].mean()),
        "specificity": float((~called[labels == 0]).mean()),
        "balanced_accuracy": float(metrics.balanced_accuracy_score(labels, called)),
        "mcc": float(metrics.matthews_corrcoef(labels, called)),
        "f1": float(metrics.f1_score(labels, called, zero_division=0)),
        "auroc": float(metrics.roc_auc_score(labels, scores)),
        "aupr": float(metrics.average_precision_score(labels, scores)),
    }


def sampling_error(auroc, labels):
    """Of an AUROC, by the number of rows of each class (Hanley and McNeil 1982)."""
    active = int(np.sum(labels))
    others = len(labels) - active
    pairs = (active - 1) * (auroc / (2 - auroc) - auroc**2) + (others - 1) * (2 * auroc**2 / (1 + auroc) - auroc**2)
    return ((auroc * (1 - auroc) + pairs) / (active * others)) ** 0.5


def spread(values):
    """(mean, standard deviation of the sample; None for a single value)."""
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else None


def words(values):
    mean, deviation = spread(values)
    short = [f"{x:.3f}".replace("0.", ".", 1) for x in (mean, deviation) if x is not None]
    return " ± ".join(short)


def row(qualities):
    """One cell a metric."""
    return [words([quality[name] for quality in qualities]) for name in NAMES]
