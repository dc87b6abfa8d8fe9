// How scores are spread, and what composition alone would give.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/scan/job.h"
#include "iresweep/model.h"

namespace iresweep {

/// Counts windows by score, as they come. Windows with more than max_missing missing bases are counted apart.
class ScoreCounts {
 public:
  static constexpr int kBins = 40;  ///< of equal width, over the scores from 0 to 1

  /// `steps` are logits, ascending, above which windows are counted besides.
  ScoreCounts(int max_missing, std::vector<double> steps);

  void add(float logit, int missing);

  std::uint64_t windows() const { return windows_; }  ///< without those of too many missing bases
  std::uint64_t missing() const { return missing_; }
  const std::vector<std::uint64_t>& bins() const { return bins_; }
  std::uint64_t above(std::size_t step) const { return above_[step]; }

 private:
  const int max_missing_;
  const std::vector<double> steps_;
  std::uint64_t windows_ = 0, missing_ = 0;
  std::vector<std::uint64_t> bins_, above_;
};

/// Share of null windows with a score in each of the bins.
std::vector<double> null_shares(const NullTable& table);

}  // namespace iresweep
