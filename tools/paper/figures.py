"""Bars of metrics with their spread, in colours that do not need telling red from green."""
import textwrap

import matplotlib.pyplot as plt
import numpy as np

from tools.paper import metrics

COLOURS = ["#0072B2", "#E69F00", "#56B4E9", "#CC79A7", "#009E73", "#F0E442", "#999999"]


def bars(by_method, names):
    """`by_method`: {method: [metrics of a fold model]}; one group of bars a method."""
    figure, axes = plt.subplots(figsize=(1.2 + 1.1 * len(by_method), 3.2))
    width = 0.8 / len(names)
    for i, name in enumerate(names):
        spreads = [metrics.spread([model[name] for model in models]) for models in by_method.values()]
        at = np.arange(len(by_method)) + (i - (len(names) - 1) / 2) * width
        axes.bar(at, [mean for mean, _ in spreads], width, yerr=[deviation or 0 for _, deviation in spreads], capsize=2,
                 color=COLOURS[i], label=metrics.NAMES[name])
    axes.set_xticks(range(len(by_method)), [textwrap.fill(method, 14) for method in by_method])
    axes.set_ylim(min(0, axes.get_ylim()[0]), 1)  # an MCC may be negative
    axes.set_ylabel("test split, mean ± sd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, ncols=len(names), loc="lower center", bbox_to_anchor=(0.5, 1))
    return figure
