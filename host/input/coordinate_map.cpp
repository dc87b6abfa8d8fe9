#include "host/input/coordinate_map.h"

#include <algorithm>
#include <utility>

namespace iresweep {

CoordinateMap::CoordinateMap(std::string contig, Strand strand, const std::vector<Interval>& blocks)
    : contig_(std::move(contig)), strand_(strand), offsets_(1, 0) {
  for (const Interval& block : blocks) {
    if (!blocks_.empty() && blocks_.back().end == block.start) {
      blocks_.back().end = block.end;
      offsets_.back() += block.size();
    } else {
      blocks_.push_back(block);
      offsets_.push_back(offsets_.back() + block.size());
    }
  }
}

std::vector<Interval> CoordinateMap::project(Interval stretch) const {
  if (strand_ == Strand::minus) stretch = {size() - stretch.end, size() - stretch.start};
  std::vector<Interval> found;
  const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), stretch.start);
  for (auto i = std::size_t(after - offsets_.begin()) - 1; i < blocks_.size() && offsets_[i] < stretch.end; ++i) {
    const std::int64_t shift = blocks_[i].start - offsets_[i];
    found.push_back({std::max(stretch.start, offsets_[i]) + shift, std::min(stretch.end, offsets_[i + 1]) + shift});
  }
  return found;
}

std::int64_t CoordinateMap::locate(std::int64_t base) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), base,
                                      [](std::int64_t value, const Interval& block) { return value < block.start; });
  const auto block = std::size_t(after - blocks_.begin()) - 1;
  const std::int64_t offset = offsets_[block] + base - blocks_[block].start;
  return strand_ == Strand::plus ? offset : size() - 1 - offset;
}

}  // namespace iresweep
