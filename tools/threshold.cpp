#include "tools/threshold.h"

#include <CLI/CLI.hpp>
#include <cmath>

#include "tools/cli.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr double kDefaultThreshold = 0.5;

}  // namespace

void declare_threshold_options(CLI::App& app, ThresholdOptions& options, const char* group) {
  auto* threshold = app.add_option("--threshold", options.threshold,
                                   "Call windows that score above X, between 0 and 1. Default: 0.5 for a model "
                                   "without a null table, else as --null-rate says.")
                        ->type_name("X")
                        ->check(between_0_and_1())
                        ->group(group);
  app.add_option("--null-rate", options.null_rate,
                 "Call windows that score above what a share P, between 0 and 1, of windows of "
                 "dinucleotide-shuffled transcripts reach. Needs a model with a null table. Default: 0.001.")
      ->type_name("P")
      ->check(between_0_and_1())
      ->excludes(threshold)
      ->group(group);
}

RunSummary::Threshold chosen_threshold(const ThresholdOptions& options, const Model& model,
                                       const std::string& model_name) {
  using Threshold = RunSummary::Threshold;
  const auto from_score = [](double score, Threshold::Source source) {
    return Threshold{score, std::log(score / (1 - score)), source, std::nullopt};
  };
  const auto from_rate = [&model](double rate, Threshold::Source source) {
    const double logit = model.null_table->logit_at(rate);
    return Threshold{double(score_of(logit)), logit, source, rate};
  };
  if (options.threshold) return from_score(*options.threshold, Threshold::Source::given);
  if (options.null_rate) {
    if (!model.null_table)
      throw UsageError("--null-rate needs a null table, and the model has none", model_name,
                       "make one with `iresweep model calibrate`, or give --threshold");
    return from_rate(*options.null_rate, Threshold::Source::null_rate);
  }
  return model.null_table ? from_rate(kDefaultNullRate, Threshold::Source::standard)
                          : from_score(kDefaultThreshold, Threshold::Source::standard);
}

}  // namespace iresweep::cli
