#include "host/train/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/evaluate/metrics.h"

namespace iresweep::train {

std::optional<double> auroc(const std::vector<double>& scores, const std::vector<int>& labels) {
  const std::vector<bool> positive(labels.begin(), labels.end());
  const auto positives = std::count(positive.begin(), positive.end(), true);
  if (positives == 0 || positives == std::ptrdiff_t(positive.size())) return std::nullopt;
  const auto values = Ranking(scores, positive, 0).measure();
  return at(values, Metric::auroc);
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
