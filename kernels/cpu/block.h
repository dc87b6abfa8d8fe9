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
#include <hwy/aligned_allocator.h>

#include <cstdint>
#include <vector>

#include "iresweep/bases.h"
#include "kernels/cpu/kernel.h"

namespace iresweep::cpu {

/// Columns that a window covers.
constexpr int columns_of_window(int step) { return (kWindow + step - 1) / step; }

struct Block {
  int step = kWindow;                  ///< bases a column, 1 .. kWindow
  std::vector<std::uint32_t> columns;  ///< the base in the batch that each column starts with
  std::vector<std::uint32_t> windows;  ///< the column that each window starts with, ascending; columns_of_window(step)
                                       ///< columns from it on are consecutive bases
};

/// The bases of a batch and the table rows of their 5-mers, N outside the batch.
class BaseRows {
 public:
  /// Rows exist for kMargin bases more on each side.
  static constexpr int kMargin = kWindow + 2 * kReach;

  explicit BaseRows(std::size_t capacity) : rows_(capacity + 2 * kMargin) {}
  /// Keeps a view of the bases. At most `capacity` of them, values 0..4.
  void assign(std::span<const BaseCode> bases);

  /// Where the row of base i starts in Folded::rows, in floats.
  const std::uint32_t* at(std::size_t i) const { return rows_.data() + kMargin + i; }
  const BaseCode* base(std::size_t i) const { return bases_.data() + i; }

 private:
  std::span<const BaseCode> bases_;
  std::vector<std::uint32_t> rows_;
};

/// Memory that scoring needs beside its input and output; grows to the largest block it has seen.
struct Scratch {
  hwy::AlignedFreeUniquePtr<float[]> shared;  ///< gates of all columns, [step][kGates][pitch]
  std::size_t shared_floats = 0;
  hwy::AlignedFreeUniquePtr<float[]> group;  ///< ends, states and context of one group of windows
};

/// Scores block.windows into logits[block.windows.size()]. Throws Error when memory does not suffice.
void score_block(const Kernel& kernel, const Folded& folded, const BaseRows& rows, const Block& block, Scratch& scratch,
                 float* logits);

/// Stage by stage, for tests: the shared gates of all columns into scratch.shared; returns their pitch.
std::size_t encode_columns(const Kernel& kernel, const Folded& folded, const BaseRows& rows, const Block& block,
                           Scratch& scratch);
/// The gates of the ends of up to kernel.group windows that start at base starts[lane]:
/// ends[2 * kEnd][kGates][kernel.group], aligned to 64 bytes.
void encode_ends(const Kernel& kernel, const Folded& folded, const BaseRows& rows,
                 std::span<const std::uint32_t> starts, float* ends);

}  // namespace iresweep::cpu
