"""Bayesian search for the network's sizes and the trainer's settings with Optuna; a stopped search goes on.

Two trainings at a time, one a fold: about half an hour of two cores for 30 trials.
"""
import contextlib
import hashlib
import json
import shutil
import statistics

import matplotlib.pyplot as plt
import optuna

from tools import sections
from tools.paper import data, figures, frame, trainer

FOLDS = (0, 1)  # every trial trains twice; the mean tells it less by luck
EPOCHS = 6  # which settings learn well shows by then
SHOWN = 10


def options_of(trial):
    """What a trial tries, as the trainer's options. The published network is one of the choices."""
    kernels = trial.suggest_categorical("kernels", ["2,3", "3,5", "3,7"])
    filters = [trial.suggest_categorical(f"filters {block}", choices) for block, choices in ((1, [8, 16, 24]), (2, [8, 16]))]
    units = trial.suggest_categorical("GRU units", [4, 8, 16])
    rate = trial.suggest_float("learning rate", 3e-4, 1e-2, log=True)
    batch = trial.suggest_categorical("batch", [32, 64, 128, 256])
    dropout = trial.suggest_float("dropout", 0, 0.5)
    schedule = trial.suggest_categorical("schedule", ["constant", "cosine", "plateau"])
    averaging = trial.suggest_categorical("averaging", [0.0, 0.99, 0.999])
    weights = trial.suggest_categorical("class weights", ["alike", "as they come"])
    chosen = {"kernels": kernels, "filters": f"{filters[0]},{filters[1]}", "gru-units": units, "learning-rate": f"{rate:.6g}",
              "batch": batch, "dropout": f"{dropout:.4g}", "schedule": schedule, "average": averaging}
    words = [word for name, value in chosen.items() for word in (f"--{name}", str(value))]
    return [*words, *(["--no-class-weights"] if weights == "as they come" else [])]


def validation_auroc(base):
    """Of the epoch whose weights were kept."""
    log = json.loads(base.with_name(base.name + ".log.json").read_text(encoding="utf-8"))
    return log["epochs"][log["kept_epoch"] - 1]["validation"]["auroc"]


def objective(setup, table, trial):
    options = [*options_of(trial), *(["--epochs", "1", "--epoch-steps", "2", "--warmup", "1"] if setup.smoke else ["--epochs", str(EPOCHS)])]
    # A trial that was stopped comes again with the same options, and goes on from its checkpoints.
    folder = setup.work / hashlib.sha256(" ".join(options).encode()).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    bases = [folder / f"fold{fold}" for fold in FOLDS]
    # All at once; where one fails or the search is stopped, the others end, too.
    with contextlib.ExitStack() as stack:
        trainings = [stack.enter_context(trainer.Training(setup, table, fold, options, base, hold_out=False))
                     for fold, base in zip(FOLDS, bases)]
        for training in trainings:
            training.finish()
    aurocs = [validation_auroc(base) for base in bases]
    shutil.rmtree(folder)
    trial.set_user_attr("aurocs", aurocs)
    return statistics.fmean(aurocs)


def importance_figure(importance):
    figure, axes = plt.subplots(figsize=(5, 2.4))
    names = list(importance)[::-1]
    axes.barh(names, [importance[name] for name in names], color=figures.COLOURS[0])
    axes.set_xlabel("share of the variation of AUROC that it explains (fANOVA)")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def main():
    setup, options = frame.set_up("search", __doc__, lambda parser: parser.add_argument(
        "--trials", type=int, default=30, metavar="N", help="trials in all, finished ones counted (default: %(default)s)"))
    trials = 4 if setup.smoke else options.trials
    table, learn, _, _ = trainer.folded(setup)
    # A study belongs to one table: another table begins another one.
    name = frame.checksum(table)[:16]
    storage = f"sqlite:///{setup.work}/study.db"
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    done = 0
    while done < trials:
        # The sampler takes its seed anew in every trial, so a stopped search goes on as if it had not been stopped.
        study = optuna.create_study(study_name=name, storage=storage, direction="maximize", load_if_exists=True,
                                    sampler=optuna.samplers.TPESampler(seed=1 + done))
        finished = study.get_trials(states=[optuna.trial.TrialState.COMPLETE])
        if (done := len(finished)) < trials:
            study.sampler = optuna.samplers.TPESampler(seed=1 + done)
            study.optimize(lambda trial: objective(setup, table, trial), n_trials=1)
    ranked = sorted(finished, key=lambda trial: -trial.value)
    names = list(ranked[0].params)
    rows = [[f"{trial.value:.4f}", *[f"{x:.4f}" for x in trial.user_attrs["aurocs"]],
             *[f"{trial.params[key]:.3g}" if isinstance(trial.params[key], float) else trial.params[key] for key in names]]
            for trial in ranked[:SHOWN]]
    importance = optuna.importance.get_param_importances(study, evaluator=optuna.importance.FanovaImportanceEvaluator(seed=1))
    setup.publish(
        f"The best {len(rows)} of {len(ranked)} trials (tree-structured Parzen estimator): AUROC on the fold that chooses the epoch, "
        f"for two of the ten folds of {data.counts(learn)}. The test split is not looked at. These are the best of many, so they are "
        "too good; differences below .02 prove nothing.",
        sections.table(["AUROC, mean", "fold 0", "fold 1", *names], rows),
        setup.figure(importance_figure(importance)),
    )


if __name__ == "__main__":
    main()
