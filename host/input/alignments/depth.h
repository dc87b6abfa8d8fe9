// Where reads are deep enough.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "host/input/coordinate_map.h"

namespace iresweep {

/// Stretches that lie in at least `least` of the intervals that come. Memory: the intervals that may still overlap ones
/// to come, and the stretches.
class DepthSweep {
 public:
  explicit DepthSweep(std::int64_t least) : least_(least) {}

  /// Intervals to come begin at `position` or behind it; positions ascend.
  void advance(std::int64_t position);
  void add(Interval bases);

  /// Ascending, apart; of all intervals that came.
  std::vector<Interval> finish();

 private:
  const std::int64_t least_;
  std::map<std::int64_t, std::int64_t> changes_;  ///< of the depth, by position
  std::int64_t depth_ = 0, start_ = 0;            ///< of the open stretch, where the depth is enough
  std::vector<Interval> deep_;
};

}  // namespace iresweep
