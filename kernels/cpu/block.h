// A block of windows, laid out for sharing, and how a kernel scores it.
//
//   step 50, one record:        column 0      column 1      column 2      column 3      column 4
//   bases of the record         0 .. 49       50 .. 99      100 .. 149    150 .. 199    200 .. 249
//   window 0 (column 0)         |------------- 174 bases ------------------|
//   window 1 (column 1)                       |------------- 174 bases ------------------|
//
// A column is `step` bases of the batch; a window starts with a column and covers its right neighbours too. Lanes are
// columns: what is computed for base r of columns q .. q+15 lies side by side, and position t of the windows that
// start with those columns is base t % step of columns q + t / step ...: one unaligned load.
#pragma once
#include <cstdint>
#include <vector>

#include "kernels/cpu/base_rows.h"
#include "kernels/cpu/kernel.h"
#include "kernels/cpu/shared_gates.h"

namespace iresweep::cpu {

/// Columns that a window covers.
constexpr int columns_of_window(int step) { return (kWindow + step - 1) / step; }

struct Block {
  int step = kWindow;                  ///< bases a column, 1 .. kWindow
  std::vector<std::uint32_t> columns;  ///< the base in the batch that each column starts with
  std::vector<std::uint32_t> windows;  ///< the column that each window starts with, ascending; columns_of_window(step)
                                       ///< columns from it on are consecutive bases
};

/// Scores blocks with one kernel. Holds the memory that scoring needs beside its input and output: one a thread.
class BlockScorer {
 public:
  explicit BlockScorer(const Kernel& kernel);

  /// Scores block.windows into logits[block.windows.size()]. Throws Error when memory does not suffice.
  void score(const Folded& folded, const BaseRows& rows, const Block& block, float* logits);

  /// The gates of the ends of up to kernel.group windows that start at base starts[lane]:
  /// ends[2 * kEnd][kGates][kernel.group], aligned to 64 bytes. For score() and for tests.
  void encode_ends(const Folded& folded, const BaseRows& rows, std::span<const std::uint32_t> starts,
                   float* ends) const;

 private:
  Kernel kernel_;
  SharedGates shared_;
  hwy::AlignedFreeUniquePtr<float[]> memory_;  ///< ends, states, context and logits of one group of windows
};

}  // namespace iresweep::cpu
