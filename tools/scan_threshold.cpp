#include "tools/scan_threshold.h"

#include <cmath>

#include "tools/cli.h"

namespace iresweep::cli {
namespace {

constexpr double kDefaultThreshold = 0.5;

}  // namespace

RunSummary::Threshold choose_threshold(const ScanOptions& options, const Model& model) {
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
      throw UsageError("--null-rate needs a null table, and the model has none", options.model,
                       "make one with `iresweep model calibrate`, or give --threshold");
    return from_rate(*options.null_rate, Threshold::Source::null_rate);
  }
  return model.null_table ? from_rate(kDefaultNullRate, Threshold::Source::standard)
                          : from_score(kDefaultThreshold, Threshold::Source::standard);
}

std::optional<RunSummary::Threshold> wanted_threshold(const ScanOptions& options, const Model& model) {
  if (options.report() == Report::best && !options.threshold && !options.null_rate) return std::nullopt;
  return choose_threshold(options, model);
}

}  // namespace iresweep::cli
