#include "host/evaluate/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "host/calibrate/random.h"

namespace iresweep {
namespace {

double percentile(const std::vector<double>& sorted, double share) {
  const double place = share * double(sorted.size() - 1);
  const std::size_t below = std::size_t(place), above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

Estimate estimate(double value, std::vector<double> resampled) {
  std::ranges::sort(resampled);
  return {value, percentile(resampled, 0.025), percentile(resampled, 0.975)};
}

void draw(const std::vector<std::uint32_t>& from, Random& random, std::vector<std::uint32_t>& times) {
  for (std::size_t i = 0; i < from.size(); ++i) ++times[from[random.below(std::uint32_t(from.size()))]];
}

}  // namespace

Bootstrap bootstrap(std::span<const Ranking> rankings, const std::vector<bool>& positive,
                    const BootstrapOptions& options) {
  std::vector<std::uint32_t> positives, negatives;
  for (std::uint32_t i = 0; i < positive.size(); ++i) (positive[i] ? positives : negatives).push_back(i);

  Random random(options.seed);
  std::vector<std::uint32_t> times(positive.size());
  std::vector<std::vector<PerMetric<double>>> drawn(rankings.size());  // [ranking][resample]
  for (int resample = 0; resample < options.resamples; ++resample) {
    std::ranges::fill(times, 0u);
    draw(positives, random, times);
    draw(negatives, random, times);
    for (std::size_t i = 0; i < rankings.size(); ++i) drawn[i].push_back(rankings[i].measure(times));
  }

  Bootstrap result;
  const auto auroc = [](const PerMetric<double>& metrics) { return at(metrics, Metric::auroc); };
  for (std::size_t i = 0; i < rankings.size(); ++i) {
    const PerMetric<double> values = rankings[i].measure();
    PerMetric<Estimate> estimates;
    std::vector<double> resampled(drawn[i].size());
    for (std::size_t metric = 0; metric < kMetrics.size(); ++metric) {
      std::ranges::transform(drawn[i], resampled.begin(), [&](const auto& metrics) { return metrics[metric]; });
      estimates[metric] = estimate(values[metric], resampled);
    }
    result.metrics.push_back(estimates);
    std::ranges::transform(drawn[i], drawn[0], resampled.begin(),
                           [&](const auto& own, const auto& first) { return auroc(own) - auroc(first); });
    result.auroc_gain.push_back(estimate(auroc(values) - auroc(rankings[0].measure()), resampled));
  }
  return result;
}

}  // namespace iresweep
