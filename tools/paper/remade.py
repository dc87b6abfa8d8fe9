"""The published tools' methods in our own words. Each: learn(rows, seed) gives a function from sequences to scores, with its threshold."""
import numpy as np
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from xgboost import XGBClassifier

from tools.paper import kmers, structures

KNOWN, CALIBRATION = 200, 300  # structures of IRESs; rows of each class that choose the threshold
WINDOW, STEP = 174, 50


def windows_of(sequence):
    """A long sequence counts by its best window, as in a scan; a shorter one is taken as it is."""
    last = max(len(sequence) - WINDOW, 0)
    return [sequence[start : start + WINDOW] for start in sorted({*range(0, last + 1, STEP), last})]


class Framed:
    """After IRESfinder: logistic regression on k-mer frequencies by frame, those kept that an L1 penalty leaves."""
    title, threshold = "IRESfinder's method", 0.5

    def features(self, sequences):
        return kmers.matrix(kmers.framed, sequences)

    def learn(self, features, labels):
        chosen = SelectFromModel(LinearSVC(penalty="l1", dual=False, C=0.01, class_weight="balanced", random_state=1, max_iter=5000))
        self.model = make_pipeline(StandardScaler(), chosen, LogisticRegression(class_weight="balanced", max_iter=2000))
        self.model.fit(features, labels)

    def score(self, features):
        return self.model.predict_proba(features)[:, 1]


class Windowed:
    """After IRESpy: XGBoost on k-mers of the whole sequence and of 17 windows along it, and minimum free energy."""
    title, threshold = "IRESpy's method", 0.5

    def features(self, sequences):
        energy = np.array([[structures.free_energy(sequence)] for sequence in sequences], dtype=np.float32)
        return np.hstack([kmers.matrix(kmers.whole, sequences), kmers.matrix(kmers.windowed, sequences), energy])

    def learn(self, features, labels):
        ratio = float((labels == 0).sum() / (labels == 1).sum())
        self.model = XGBClassifier(n_estimators=200, learning_rate=0.1, max_depth=6, colsample_bytree=0.2, scale_pos_weight=ratio,
                                   random_state=1, n_jobs=1)
        self.model.fit(features, labels)

    def score(self, features):
        return self.model.predict_proba(features)[:, 1]


class Structures:
    """After IRSS and VIPS: likeness of local structures to those of known IRESs. The threshold is where Youden's index is greatest."""
    title = "IRSS's and VIPS's idea"

    def features(self, sequences):
        return np.array(sequences)

    def learn(self, sequences, labels):
        generator = np.random.default_rng(1)
        active, others = (generator.permutation(sequences[labels == label]) for label in (1, 0))
        # The IRESs that choose the threshold are not among the known ones: each would find itself. A small table gives half.
        known = min(KNOWN, len(active) // 2)
        self.known = structures.library(active[:known])
        ours, theirs = (self.score(rows) for rows in (active[known : known + CALIBRATION], others[:CALIBRATION]))
        candidates = np.unique(np.concatenate([ours, theirs]))
        self.threshold = max(candidates, key=lambda x: (ours > x).mean() - (theirs > x).mean())

    def score(self, sequences):
        return np.array([structures.likeness(sequence, self.known) for sequence in sequences])


METHODS = {"iresfinder": Framed, "irespy": Windowed, "structures": Structures}


def make_features(name, sequences):
    """Here, where its name is the same however the program was started: what was made is kept by that name."""
    return METHODS[name]().features(sequences)
