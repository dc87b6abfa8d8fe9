#include "host/train/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace iresweep::train {

std::optional<double> auroc(const std::vector<double>& scores, const std::vector<int>& labels) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  double positives = 0, negatives = 0, pairs = 0;
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    double tied_positives = 0, tied_negatives = 0;
    for (; end < order.size() && scores[order[end]] == scores[order[first]]; ++end)
      ++(labels[order[end]] ? tied_positives : tied_negatives);
    pairs += tied_positives * (negatives + tied_negatives / 2);
    positives += tied_positives;
    negatives += tied_negatives;
  }
  if (positives == 0 || negatives == 0) return std::nullopt;
  return pairs / (positives * negatives);
}

Spread spread_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / double(values.size()))};
}

std::optional<double> correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const Spread of_a = spread_of(a), of_b = spread_of(b);
  if (!(of_a.deviation > 0) || !(of_b.deviation > 0)) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - of_a.mean) * (b[i] - of_b.mean);
  return sum / double(a.size()) / (of_a.deviation * of_b.deviation);
}

}  // namespace iresweep::train
