// How well scores separate positives from negatives; the definitions are scikit-learn's.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace iresweep {

enum class Metric { auroc, aupr, sensitivity, specificity, accuracy, balanced_accuracy, mcc, f1 };

struct MetricName {
  const char *key, *title;
};
inline constexpr std::array<MetricName, 8> kMetrics{{{"auroc", "AUROC"},
                                                     {"aupr", "AUPR"},
                                                     {"sn", "Sn"},
                                                     {"sp", "Sp"},
                                                     {"acc", "ACC"},
                                                     {"balanced_acc", "balanced ACC"},
                                                     {"mcc", "MCC"},
                                                     {"f1", "F1"}}};

/// A value for each Metric, in their order.
template <class Value>
using PerMetric = std::array<Value, kMetrics.size()>;

template <class Value>
Value& at(PerMetric<Value>& values, Metric metric) {
  return values[std::size_t(metric)];
}
template <class Value>
const Value& at(const PerMetric<Value>& values, Metric metric) {
  return values[std::size_t(metric)];
}

/// How many positives and negatives score at least as much as something.
struct Above {
  std::uint64_t positives = 0, negatives = 0;
};

/// Records by descending score, sorted once and measured often.
class Ranking {
 public:
  /// Scores must be numbers and of the length of `positive`. Records scoring above `threshold` are called.
  Ranking(std::span<const double> scores, const std::vector<bool>& positive, double threshold);

  /// Metrics of the records taken `times[record]` times each; at least one positive and one negative must be taken.
  /// AUROC counts ties half. AUPR is the average precision: the mean of precision over the steps of recall, without
  /// interpolation. MCC and F1 are 0 where they would be 0/0.
  PerMetric<double> measure(std::span<const std::uint32_t> times) const;
  /// Every record once.
  PerMetric<double> measure() const;

  /// From (0, 0) down the ranking, a point after each group of equal scores; the last counts all.
  std::vector<Above> points() const;

 private:
  struct Entry {
    std::uint32_t record;
    bool positive, ends_tie, called;
  };
  std::vector<Entry> entries_;
};

}  // namespace iresweep
