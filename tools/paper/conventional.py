"""LR, RF, SVM, LightGBM and XGBoost on 340 k-mer frequencies: the paper's Fig. 2. About half an hour of one core."""
import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from xgboost import XGBClassifier

from tools import sections
from tools.paper import apart, data, figures, frame, kmers, metrics

# The libraries' own settings, but for more trees at a lower rate; classes count alike, as in the trainer.
RECIPES = {
    "LR": "standardised, C = 0.1",
    "RF": "500 trees, 5 rows a leaf or more",
    "LightGBM": "300 trees of 31 leaves, rate 0.05",
    "XGBoost": "300 trees of depth 6, rate 0.05",
    "SVM": "standardised, radial basis functions, C = 1",
}


def classifier(name, labels):
    ratio = float((labels == 0).sum() / (labels == 1).sum())
    if name == "LR":
        return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced", max_iter=2000))
    if name == "RF":
        return RandomForestClassifier(500, min_samples_leaf=5, class_weight="balanced", random_state=1)
    if name == "SVM":
        return make_pipeline(StandardScaler(), SVC(class_weight="balanced", cache_size=1000))
    if name == "LightGBM":
        return LGBMClassifier(n_estimators=300, learning_rate=0.05, class_weight="balanced", random_state=1, n_jobs=1, verbose=-1)
    return XGBClassifier(n_estimators=300, learning_rate=0.05, max_depth=6, scale_pos_weight=ratio, random_state=1, n_jobs=1)


def one_model(name, features, labels, test_features, test_labels):
    """Learns, then scores the test rows."""
    model, learning = apart.measured(classifier(name, labels).fit, features, labels)
    # An SVM has no probabilities; its threshold is 0.
    threshold = 0 if name == "SVM" else 0.5
    score = model.decision_function if name == "SVM" else lambda rows: model.predict_proba(rows)[:, 1]
    scores, scoring = apart.measured(score, test_features)
    costs = {"learning_seconds": learning, "scoring_seconds": scoring, "peak_bytes": apart.peak_bytes()}
    return {**metrics.quality(test_labels, scores, threshold), **costs}


def all_models(name, setup):
    """Every fold model of one method; finished ones are not made again."""
    windows = data.read(setup.table)
    learn, folds, test = data.split(windows)
    features, test_features = (kmers.matrix(kmers.whole, rows.sequences) for rows in (learn, test))
    of = {"table": frame.checksum(setup.table), "recipe": RECIPES[name]}
    made = []
    for fold in range(setup.models):
        use = folds != fold
        make = lambda: one_model(name, features[use], learn.labels[use], test_features, test.labels)  # noqa: E731
        made.append(frame.part(setup.work / f"{name}.{fold}.json", of, make))
    return made


def main():
    setup, _ = frame.set_up("conventional", __doc__)
    windows = data.read(setup.table)
    learn, _, test = data.split(windows)
    rows, bars = [], {}
    for name in RECIPES:
        models = apart.run(all_models, name, setup)
        seconds = [sections.three_digits(np.mean([model[part] for model in models])) for part in ("learning_seconds", "scoring_seconds")]
        rows.append([name, len(models), *metrics.row(models), *seconds, round(max(model["peak_bytes"] for model in models) / 1e6)])
        bars[name] = models
    head = ["method", "fold models", *metrics.NAMES.values(), "s to learn", "s to score", "peak memory, MB"]
    setup.publish(
        f"Learned from {data.counts(learn)} (nine tenths of them for each fold model), tested on {data.counts(test)}; mean ± standard "
        "deviation over fold models, threshold 0.5.",
        sections.table(head, rows),
        "Seconds are of one processor, for one fold model and for the test rows, k-mers already counted; memory is the "
        "process's, Python and its libraries included. "
        + "; ".join(f"{name}: {recipe}" for name, recipe in RECIPES.items()) + ".",
        setup.figure(figures.bars(bars, ["auroc", "mcc", "balanced_accuracy"])),
    )


if __name__ == "__main__":
    main()
