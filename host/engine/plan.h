// Lays the windows of a batch out in blocks: runs of windows a step apart share their bases, strays stand alone.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "kernels/cpu/block.h"

namespace iresweep {

/// How large a block may grow: enough windows to amortise the columns at its edges, few enough for the cache.
struct BlockLimits {
  std::size_t windows, columns;
  /// For columns of `step` bases and a kernel that scores `group` windows at once.
  static BlockLimits of(int step, int group);
};

/// A block and, for each of its windows, the window's place in the batch.
struct PlannedBlock {
  cpu::Block block;
  std::vector<std::uint32_t> places;
};

/// Calls `score` with blocks that together hold every window of `starts` (strictly ascending) once.
/// step: the usual distance between starts, at least 1. The block passed on is reused for the next.
void plan(std::span<const std::uint32_t> starts, int step, int group,
          const std::function<void(const PlannedBlock&)>& score);

}  // namespace iresweep
