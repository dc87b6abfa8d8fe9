// Bases as the kernels read them: where the table row of each base's 5-mer starts.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "iresweep/bases.h"
#include "kernels/ops.h"

namespace iresweep::cpu {

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

/// The rows that the ends of one window see: kEnd positions and twice kReach on both sides of them. Beyond the window
/// lies the outside row; its first and last position have rows of their own, their neighbours N for what is outside.
struct EndRows {
  static constexpr int kBefore = 2 * kReach, kLength = kEnd + 2 * kBefore;
  std::uint32_t left[kLength], right[kLength];
};
EndRows end_rows(const BaseRows& rows, std::size_t start);

}  // namespace iresweep::cpu
