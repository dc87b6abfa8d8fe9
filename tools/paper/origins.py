"""Networks trained on human, on viral and on both kinds of windows, tested on each: the paper's Fig. 3. Half an hour of one core."""
import numpy as np

from tools import sections
from tools.paper import data, figures, frame, metrics, trainer

ORIGINS = {"human": ["human"], "virus": ["virus"], "both": ["human", "virus"]}
# The same number of steps whatever the number of rows, so that none learns longer than another.
RECIPE = [*trainer.RECIPE, "--epoch-steps", "60"]


def of_origin(windows, kind):
    return windows.chosen(np.isin(windows.origins, ORIGINS[kind]))


def one_model(setup, kind, fold, learn, folds, test):
    base = setup.work / f"{kind}.{fold}"
    table = setup.work / f"{kind}.tsv"
    use = np.isin(learn.origins, ORIGINS[kind])
    trainer.write_table(table, learn.chosen(use), folds[use], test)
    options = [*(trainer.SMOKE if setup.smoke else RECIPE), "--seed", str(fold + 1)]

    def make():
        trainer.fit(setup, table, fold, options, base)
        scores = trainer.scores_of(base, test)
        return {other: metrics.quality(test.labels[mask], scores[mask])
                for other in ORIGINS for mask in [np.isin(test.origins, ORIGINS[other])]}

    return frame.part(base.with_name(base.name + ".json"), {"table": frame.checksum(table), "options": options}, make)


def main():
    setup, _ = frame.set_up("origins", __doc__)
    learn, folds, test = data.split(data.read(setup.table))
    test = of_origin(test, "both")
    made = {kind: [] for kind in ORIGINS}
    for fold in range(setup.models):
        for kind in ORIGINS:
            made[kind].append(one_model(setup, kind, fold, learn, folds, test))
    rows, bars = [], {}
    for kind, models in made.items():
        for other in ORIGINS:
            bars[f"{kind}\non {other}"] = [model[other] for model in models]
            rows.append([f"{kind}, tested on {other}", len(models), *metrics.row(bars[f"{kind}\non {other}"])])
    sides = []
    for kind, models in made.items():
        tested = of_origin(test, kind)
        error = metrics.sampling_error(np.mean([model[kind]["auroc"] for model in models]), tested.labels)
        sides.append(f"{kind}: learned from {data.counts(of_origin(learn, kind))}, tested on {data.counts(tested)} "
                     f"(sampling error of an AUROC: {metrics.words([error])})")
    setup.publish(
        "Only rows whose origin the table knows. " + "; ".join(sides) + ". Mean ± standard deviation over fold models, threshold 0.5.",
        sections.table(["trained on", "fold models", *metrics.NAMES.values()], rows),
        setup.figure(figures.bars(bars, ["auroc", "mcc"])),
    )


if __name__ == "__main__":
    main()
