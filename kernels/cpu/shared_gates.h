// The gates that windows share: computed column by column, kept as long as a window still needs them.
#pragma once
#include <hwy/aligned_allocator.h>

#include <cstdint>
#include <span>

#include "kernels/cpu/base_rows.h"
#include "kernels/cpu/kernel.h"

namespace iresweep::cpu {

/// Memory for floats that are never left unset: lanes without a window compute on them, and must meet neither NaN nor
/// denormals. Throws Error when memory does not suffice.
hwy::AlignedFreeUniquePtr<float[]> allocate_floats(std::size_t count);

/// A stretch of columns as in GateSource: gate g of base r of column q at
/// data()[(r * kGates + g) * pitch() + q - first_column()]. Of columns as long as a window only its positions
/// kEnd .. kWindow - kEnd - 1 are computed, and of a window that is like the one a group before it only what differs.
class SharedGates {
 public:
  explicit SharedGates(const Kernel& kernel) : kernel_(kernel) {}

  /// Starts over with new columns of `step` bases, each starting at the base that `columns` names. Keeps the views.
  void reset(const Folded& folded, const BaseRows& rows, std::span<const std::uint32_t> columns, int step);
  /// Computes what is missing of columns [first, end). Columns before `first` are given up.
  void cover(std::size_t first, std::size_t end);

  const float* data() const { return memory_.get(); }
  std::size_t pitch() const { return pitch_; }
  std::size_t first_column() const { return first_; }

 private:
  void make_room(std::size_t first, std::size_t more);
  std::size_t gates_of_column() const;
  std::size_t floats_needed(std::size_t pitch) const;
  void encode_group();
  void encode_changes(const Strip& strip, float* gates);

  const Kernel kernel_;
  const Folded* folded_ = nullptr;
  const BaseRows* rows_ = nullptr;
  std::span<const std::uint32_t> columns_;
  int step_ = 1;
  hwy::AlignedFreeUniquePtr<float[]> memory_;
  std::size_t floats_ = 0, pitch_ = 0;
  std::size_t first_ = 0, end_ = 0;   ///< columns computed: [first_, end_)
  Strip before_;                      ///< of the group computed last
  const float* before_at_ = nullptr;  ///< its gates; null where they are not known to be there still
};

}  // namespace iresweep::cpu
