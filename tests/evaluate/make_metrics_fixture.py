#!/usr/bin/env python3
"""Writes metrics_fixture.h: metrics by scikit-learn for scores made from seeds.

Run once, by hand:  python3 -m venv v && v/bin/pip install scikit-learn && v/bin/python make_metrics_fixture.py
The scores stand in the fixture, so that the test needs neither Python nor the same generator.
"""
import pathlib

import numpy as np
import sklearn
from sklearn import metrics

THRESHOLD = 0.5


def cases():
    rng = np.random.default_rng(20240601)
    yield "two records, right", [0.9, 0.1], [1, 0]
    yield "two records, wrong", [0.1, 0.9], [1, 0]
    yield "two records, tied", [0.7, 0.7], [1, 0]
    yield "all tied, above", [0.75] * 7, [1, 0, 0, 1, 0, 0, 0]
    yield "all tied at the threshold", [0.5] * 5, [1, 1, 0, 1, 0]
    yield "one positive, last of a tie", [0.8, 0.5, 0.5, 0.5, 0.2], [0, 0, 0, 1, 0]
    yield "one negative", [0.8, 0.4, 0.6, 0.9], [1, 1, 0, 1]
    yield "perfect", [0.9, 0.8, 0.7, 0.3, 0.2], [1, 1, 1, 0, 0]
    yield "nothing called", [0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1]
    for size, levels, share in [(12, 3, 0.5), (40, 0, 0.5), (60, 4, 0.2), (80, 2, 0.7), (100, 10, 0.1), (120, 0, 0.05)]:
        labels = (rng.random(size) < share).astype(int)
        labels[:2] = 0, 1
        scores = 1 / (1 + np.exp(-rng.normal(labels * 0.8 - 0.3, 1.5)))
        if levels:
            scores = np.round(scores * levels) / levels
        yield f"{size} records, {levels or 'no'} steps", [float(f"{x:.6f}") for x in scores], labels.tolist()


def measures(scores, labels):
    called = [int(score > THRESHOLD) for score in scores]
    sensitivity = metrics.recall_score(labels, called)
    specificity = metrics.recall_score(labels, called, pos_label=0)
    return [
        metrics.roc_auc_score(labels, scores),
        metrics.average_precision_score(labels, scores),
        sensitivity,
        specificity,
        metrics.accuracy_score(labels, called),
        metrics.balanced_accuracy_score(labels, called),
        metrics.matthews_corrcoef(labels, called),
        metrics.f1_score(labels, called, zero_division=0),
    ]


def listed(values):
    return "{" + ", ".join(repr(value) for value in values) + "}"


lines = [
    "// Metrics as scikit-learn computes them. Made by make_metrics_fixture.py; not to be edited.",
    "#pragma once",
    "#include <array>",
    "#include <vector>",
    "",
    "namespace iresweep::test {",
    "",
    f'inline constexpr const char* kFixtureSource = "scikit-learn {sklearn.__version__}";',
    f"inline constexpr double kFixtureThreshold = {THRESHOLD};",
    "",
    "struct MetricsCase {",
    "  const char* name;",
    "  std::vector<double> scores;",
    "  std::vector<bool> positive;",
    "  std::array<double, 8> expected;  ///< in the order of kMetrics",
    "};",
    "",
    "// clang-format off",
    "inline const std::vector<MetricsCase> kMetricsCases = {",
]
for name, scores, labels in cases():
    lines.append(f'    {{"{name}",\n     {listed(scores)},\n     {listed(labels)},')
    lines.append(f"     {{{listed([float(x) for x in measures(scores, labels)])}}}}},")
lines += ["};", "// clang-format on", "", "}  // namespace iresweep::test", ""]
pathlib.Path(__file__).with_name("metrics_fixture.h").write_text("\n".join(lines))
