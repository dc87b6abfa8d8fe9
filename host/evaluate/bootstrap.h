// How sure a metric is: intervals from resampled records.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "host/evaluate/metrics.h"

namespace iresweep {

struct Estimate {
  double value = 0;          ///< of the records as they are
  double low = 0, high = 0;  ///< the middle 95% of the resamples
};

struct BootstrapOptions {
  int resamples = 2000;  ///< at least 1
  std::uint64_t seed = 1;
};

struct Bootstrap {
  std::vector<PerMetric<Estimate>> metrics;  ///< [ranking]
  std::vector<Estimate> auroc_gain;          ///< [ranking]: AUROC less that of the first ranking, in the same resamples
};

/// Draws positives from the positives and negatives from the negatives, as many as there are, with replacement; every
/// ranking sees the same draws, so that their differences can be judged. `positive` must be what the rankings were made
/// with. Percentiles are interpolated linearly.
Bootstrap bootstrap(std::span<const Ranking> rankings, const std::vector<bool>& positive,
                    const BootstrapOptions& options);

}  // namespace iresweep
