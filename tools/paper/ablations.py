"""The network without its parts, ten fold models each: the paper's Fig. 4, Tables 1 and 2. About an hour of one core."""
import numpy as np

from tools import sections
from tools.paper import data, figures, frame, metrics, trainer

ARCHITECTURES = {"cnn": "CNN", "cnn-gru": "CNN-GRU", "cnn-gru-attention": "CNN-GRU-attention", "full": "full network"}


def one_model(setup, table, test, architecture, fold):
    base = setup.work / f"{architecture}.{fold}"
    # Every fold model has weights, order and dropout of its own.
    options = [*(trainer.SMOKE if setup.smoke else trainer.RECIPE), "--architecture", architecture, "--seed", str(fold + 1)]
    of = {"table": frame.checksum(table), "options": options}

    def make():
        seconds = trainer.fit(setup, table, fold, options, base)
        return {**metrics.quality(test.labels, trainer.scores_of(base, test)), "seconds": seconds}

    return frame.part(base.with_name(base.name + ".json"), of, make)


def main():
    setup, _ = frame.set_up("ablations", __doc__)
    table, learn, _, test = trainer.folded(setup)
    # One fold model of each before the next: a run that is stopped has something of all.
    made = {name: [] for name in ARCHITECTURES.values()}
    for fold in range(setup.models):
        for architecture, name in ARCHITECTURES.items():
            made[name].append(one_model(setup, table, test, architecture, fold))
    rows = [[name, len(models), *metrics.row(models), sections.three_digits(np.mean([model["seconds"] for model in models]))]
            for name, models in made.items()]
    head = ["network", "fold models", *metrics.NAMES.values(), "s to train one (processor)"]
    setup.publish(
        f"Learned from {data.counts(learn)} (nine tenths of them for each fold model, the last tenth chooses the epoch), tested on "
        f"{data.counts(test)}; mean ± standard deviation over fold models, threshold 0.5. "
        f"Labels only: `iresweep train fit {' '.join(trainer.RECIPE)}`.",
        sections.table(head, rows),
        setup.figure(figures.bars(made, ["auroc", "mcc", "balanced_accuracy"])),
    )


if __name__ == "__main__":
    main()
