#include "host/evaluate/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace iresweep {
namespace {

double ratio_or_zero(double part, double whole) { return whole > 0 ? part / whole : 0; }

/// Of a two-by-two table, with all records counted in `all`.
void fill_threshold_metrics(const Above& called, const Above& all, PerMetric<double>& out) {
  const double tp = double(called.positives), fp = double(called.negatives);
  const double fn = double(all.positives) - tp, tn = double(all.negatives) - fp;
  const double sensitivity = tp / (tp + fn), specificity = tn / (tn + fp);
  at(out, Metric::sensitivity) = sensitivity;
  at(out, Metric::specificity) = specificity;
  at(out, Metric::accuracy) = (tp + tn) / (tp + fp + tn + fn);
  at(out, Metric::balanced_accuracy) = (sensitivity + specificity) / 2;
  const double spread = std::sqrt(tp + fp) * std::sqrt(tp + fn) * std::sqrt(tn + fp) * std::sqrt(tn + fn);
  at(out, Metric::mcc) = ratio_or_zero(tp * tn - fp * fn, spread);
  at(out, Metric::f1) = ratio_or_zero(2 * tp, 2 * tp + fp + fn);
}

}  // namespace

Ranking::Ranking(std::span<const double> scores, const std::vector<bool>& positive, double threshold) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] > scores[b]; });
  entries_.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool ends_tie = i + 1 == order.size() || scores[order[i + 1]] < scores[order[i]];
    entries_.push_back({order[i], positive[order[i]], ends_tie, scores[order[i]] > threshold});
  }
}

PerMetric<double> Ranking::measure(std::span<const std::uint32_t> times) const {
  Above all, tie, called;
  std::uint64_t twice_area = 0;  // of the unscaled ROC curve
  double precision_steps = 0;
  for (const Entry& entry : entries_) {
    const std::uint32_t count = times[entry.record];
    (entry.positive ? tie.positives : tie.negatives) += count;
    if (entry.called) (entry.positive ? called.positives : called.negatives) += count;
    if (!entry.ends_tie) continue;
    twice_area += tie.negatives * (2 * all.positives + tie.positives);
    all.positives += tie.positives;
    all.negatives += tie.negatives;
    if (tie.positives > 0)
      precision_steps += double(tie.positives) * double(all.positives) / double(all.positives + all.negatives);
    tie = {};
  }
  PerMetric<double> out{};
  at(out, Metric::auroc) = double(twice_area) / 2 / double(all.positives) / double(all.negatives);
  at(out, Metric::aupr) = precision_steps / double(all.positives);
  fill_threshold_metrics(called, all, out);
  return out;
}

PerMetric<double> Ranking::measure() const { return measure(std::vector<std::uint32_t>(entries_.size(), 1)); }

std::vector<Above> Ranking::points() const {
  std::vector<Above> points(1);
  Above above;
  for (const Entry& entry : entries_) {
    ++(entry.positive ? above.positives : above.negatives);
    if (entry.ends_tie) points.push_back(above);
  }
  return points;
}

}  // namespace iresweep
