"""The published tools' methods re-made, beside iresweep: by fold models on the test split, and on the two small published test sets (Fig. 5).

About two hours of one core, half of it folding.
"""
import csv
import os
import subprocess

import joblib
import numpy as np

from tools import sections
from tools.paper import apart, data, figures, frame, metrics, remade

GOLDENS = {"core": "core.csv", "5utr": "utr.csv"}  # the FASTA's name, the published scores
CHUNK = 500
TIMED = 100  # windows whose scoring is timed
HEAD = ["method", "fold models", *metrics.NAMES.values(), "core AUROC", "core MCC", "5utr AUROC", "5utr MCC", "s to learn", "ms to score a window",
        "peak memory, MB"]


def features_of(setup, name, sequences):
    """Made once: folding takes half an hour."""
    kept = joblib.Memory(setup.work / "features", verbose=0).cache(remade.make_features)
    chunks = [kept(name, list(sequences[i : i + CHUNK])) for i in range(0, len(sequences), CHUNK)]
    return np.concatenate(chunks)


def goldens_of(setup):
    """{set: [(name, label, sequence)]}, of the sets that are there."""
    paths = {name: setup.goldens / f"{name}.fa" for name in GOLDENS}
    return {name: data.read_fasta(path) for name, path in paths.items() if path.is_file()}


def best_scores(method, records):
    return [method.score(method.features(remade.windows_of(sequence))).max() for _, _, sequence in records]


def one_model(name, features, labels, test_features, test, goldens):
    method = remade.METHODS[name]()
    _, learning = apart.measured(method.learn, features, labels)
    some = list(test.sequences[:TIMED])
    _, scoring = apart.measured(lambda: method.score(method.features(some)))
    result = {"test": metrics.quality(test.labels, method.score(test_features), method.threshold)}
    for golden, records in goldens.items():
        result[golden] = metrics.quality([label for _, label, _ in records], best_scores(method, records), method.threshold)
    return {**result, "learning_seconds": learning, "scoring_seconds": scoring / len(some), "peak_bytes": apart.peak_bytes()}


def all_models(name, setup):
    """Every fold model of one method; finished ones are not made again."""
    learn, folds, test = data.split(data.read(setup.table))
    goldens = goldens_of(setup)
    features, test_features = (features_of(setup, name, rows.sequences) for rows in (learn, test))
    files = [setup.table, *(setup.goldens / f"{golden}.fa" for golden in goldens)]
    made = []
    for fold in range(setup.models):
        use = folds != fold
        make = lambda: one_model(name, features[use], learn.labels[use], test_features, test, goldens)  # noqa: E731
        made.append(frame.part(setup.work / f"{name}.{fold}.json", {"files": [frame.checksum(file) for file in files]}, make))
    return made


def scan(setup, records):
    """The built-in model's best score of every record, with processor seconds. The system's peak memory of a program that
    Python starts is at least Python's own, so it is not told; bench/RESULTS.md tells it."""
    fasta, best = setup.work / "scanned.fa", setup.work / "best.csv"
    fasta.write_text("".join(f">{name}\n{sequence}\n" for name, _, sequence in records), encoding="ascii")
    command = [setup.program("iresweep"), "scan", "-q", "--report", "best", "--threads", "1", "-o", str(best), str(fasta)]
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}: failed")
    with open(best, encoding="utf-8") as file:
        return [float(row["score"]) for row in csv.DictReader(file)], used.ru_utime + used.ru_stime


def built_in(setup):
    _, _, test = data.split(data.read(setup.table))
    scores, seconds = scan(setup, list(zip(test.ids, test.labels, test.sequences)))
    result = {"test": metrics.quality(test.labels, scores)}
    for golden, records in goldens_of(setup).items():
        result[golden] = metrics.quality([label for _, label, _ in records], scan(setup, records)[0])
    return {**result, "scoring_seconds": seconds / len(test)}


def published_scores(setup):
    """What the published program said of the small sets; {} where its files are not."""
    result = {}
    for golden, records in goldens_of(setup).items():
        path = setup.goldens / GOLDENS[golden]
        if path.is_file():
            with open(path, encoding="utf-8") as file:
                score = {row["name"]: float(row["score"]) for row in csv.DictReader(file)}
            result[golden] = metrics.quality([label for _, label, _ in records], [score[name] for name, _, _ in records])
    return result


def row(title, models):
    """Absent is '.'."""
    cells = [title, len(models)]
    cells += metrics.row([model["test"] for model in models]) if "test" in models[0] else ["."] * len(metrics.NAMES)
    cells += [metrics.words([model[golden][metric] for model in models]) if golden in models[0] else "."
              for golden in GOLDENS for metric in ("auroc", "mcc")]
    for key, factor in (("learning_seconds", 1), ("scoring_seconds", 1000), ("peak_bytes", 1e-6)):
        there = key in models[0]
        cells.append(sections.three_digits(factor * np.mean([model[key] for model in models])) if there else ".")
    return cells


def length_line(setup):
    """What lengths alone say."""
    said = []
    for golden, records in goldens_of(setup).items():
        lengths = [len(sequence) for _, _, sequence in records]
        auroc = metrics.quality([label for _, label, _ in records], lengths)["auroc"]
        said.append(f"{golden} {max(auroc, 1 - auroc):.3f}")
    return f"AUROC of length alone, without any method: {', '.join(said) or 'no small set was there'}."


def main():
    setup, _ = frame.set_up("published", __doc__)
    made = {method.title: apart.run(all_models, name, setup) for name, method in remade.METHODS.items()}
    made["iresweep, built-in model"] = [built_in(setup)]
    rows = [row(title, models) for title, models in made.items()]
    _, _, test = data.split(data.read(setup.table))
    if published := published_scores(setup):
        rows.append(row("DeepIRES, its own published scores", [published]))
    bars = {title: [model["test"] for model in models] for title, models in made.items()}
    setup.publish(
        "Re-made methods, not the published programs. The metrics without a name of a set are of the test split "
        f"({data.counts(test)}); mean ± standard deviation over fold models. A long sequence counts by its best window. Seconds "
        "and milliseconds are of one processor; features are made before learning, and again while scoring.",
        sections.table(HEAD, rows),
        length_line(setup),
        setup.figure(figures.bars(bars, ["auroc", "mcc"])),
    )


if __name__ == "__main__":
    main()
