// Lays the windows of a batch out in blocks: runs of windows a step apart share their bases, strays stand alone.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/cpu/block.h"

namespace iresweep {

/// A block and, for each of its windows, the window's place in the batch.
struct PlannedBlock {
  cpu::Block block;
  std::vector<std::uint32_t> places;
};

/// Windows in two blocks, reused from batch to batch.
struct Plan {
  PlannedBlock runs;    ///< columns of a step's bases, shared between neighbours
  PlannedBlock strays;  ///< a column of kWindow bases for each window
};

/// Fills `plan` with every window of `starts` (strictly ascending) once. step: the usual distance between starts, at
/// least 1.
void make_plan(std::span<const std::uint32_t> starts, int step, Plan& plan);

}  // namespace iresweep
