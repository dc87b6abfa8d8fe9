#include "host/input/alignments/depth.h"

#include <utility>

namespace iresweep {

void DepthSweep::add(Interval bases) {
  ++changes_[bases.start];
  --changes_[bases.end];
}

void DepthSweep::advance(std::int64_t position) {
  auto change = changes_.begin();
  for (; change != changes_.end() && change->first < position; ++change) {
    const bool was_deep = depth_ >= least_;
    depth_ += change->second;
    const bool is_deep = depth_ >= least_;
    if (is_deep && !was_deep) start_ = change->first;
    if (was_deep && !is_deep) deep_.push_back({start_, change->first});
  }
  changes_.erase(changes_.begin(), change);
}

std::vector<Interval> DepthSweep::finish() {
  advance(std::numeric_limits<std::int64_t>::max());
  return std::move(deep_);
}

}  // namespace iresweep
