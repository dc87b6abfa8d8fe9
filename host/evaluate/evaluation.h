// How good models are on labelled sequences.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "host/evaluate/bootstrap.h"
#include "host/evaluate/labelled_set.h"
#include "host/evaluate/metrics.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"

namespace iresweep {

struct EvaluationOptions {
  int step = kPublishedStep;
  double threshold = 0.5;  ///< records scoring above are called
  BootstrapOptions bootstrap;
};

struct ModelEvaluation {
  std::string name, hash;
  PerMetric<Estimate> metrics;
  Estimate auroc_gain;        ///< AUROC less that of the first model
  Estimate matched_auroc;     ///< with lengths made equal (see length_match.h)
  std::vector<Above> points;  ///< of its curves
};

/// How many records of one class there are, and how long.
struct ClassSize {
  std::size_t records = 0, shortest = 0, longest = 0;
};

struct Evaluation {
  EvaluationOptions options;
  std::vector<InputFacts> inputs;
  std::size_t unlabelled = 0, filtered = 0;  ///< records passed over
  ClassSize positives, negatives;
  std::size_t cut = 0;    ///< records that matching of lengths cuts
  Estimate length_auroc;  ///< of length alone: at 1 every positive is shorter than every negative, at 0 longer
  std::vector<ModelEvaluation> models;
};

using MakeEngine = std::function<std::unique_ptr<Engine>(const Model&)>;

/// `set` must have positives and negatives; `models` at least one, with names to tell them apart by. Nothing when
/// stopped. Throws Error.
std::optional<Evaluation> evaluate(const LabelledSet& set, const std::vector<Model>& models, const MakeEngine& make,
                                   const EvaluationOptions& options, std::stop_token stop = {});

struct Spread {
  double mean = 0, sd = 0;  ///< of the sample (n - 1); 0 for one value
};
Spread spread_of(const std::vector<double>& values);

}  // namespace iresweep
