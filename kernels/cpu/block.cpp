#include "kernels/cpu/block.h"

#include <algorithm>
#include <array>

#include "iresweep/error.h"

namespace iresweep::cpu {
namespace {

std::uint32_t row_offset(int number) { return std::uint32_t(number * Row::floats); }

hwy::AlignedFreeUniquePtr<float[]> allocate(std::size_t floats) {
  auto memory = hwy::AllocateAligned<float>(floats);
  if (!memory) throw Error("out of memory", "CPU engine", "use fewer threads");
  std::fill_n(memory.get(), floats, 0.0f);  // Lanes without a window compute on what lies here: no NaN, no denormals.
  return memory;
}

// Vectors of lanes are this long at most; an odd number of them keeps the gates of a position out of each other's cache
// sets.
std::size_t pitch_of(std::size_t columns, int group) {
  constexpr std::size_t kVector = kMaxGroup / 2;
  std::size_t vectors = (columns + std::size_t(group) - 1) / std::size_t(group) * std::size_t(group);
  vectors = (vectors + kVector - 1) / kVector;
  return (vectors | 1) * kVector;
}

// The rows that a window's ends see, from kReach + kReach before its first encoded position to as many after the last.
struct EndRows {
  static constexpr int kLength = kEnd + 4 * kReach;
  std::array<std::uint32_t, kLength> left, right;
};

int mer3(const BaseCode* b) { return (b[0] * kBaseCodes + b[1]) * kBaseCodes + b[2]; }

EndRows end_rows(const BaseRows& rows, std::size_t start) {
  constexpr int kBefore = 2 * kReach;
  EndRows end;
  const BaseCode* b = rows.base(start);
  const std::uint32_t* inside = rows.at(start);
  const auto left = [&](int t) -> std::uint32_t& { return end.left[std::size_t(t + kBefore)]; };
  for (int t = -kBefore; t < 0; ++t) left(t) = row_offset(RowNumber::outside);
  left(0) = row_offset(RowNumber::first_position + mer3(b));
  left(1) = row_offset((kMissing * 125 + mer3(b)) * kBaseCodes + b[3]);
  for (int t = 2; t < kEnd + kBefore; ++t) left(t) = inside[t];

  constexpr int kLast = kWindow - 1;
  const auto right = [&](int t) -> std::uint32_t& { return end.right[std::size_t(t - (kWindow - kEnd - kBefore))]; };
  for (int t = kWindow - kEnd - kBefore; t < kLast - 1; ++t) right(t) = inside[t];
  right(kLast - 1) = row_offset((b[kLast - 3] * 125 + mer3(b + kLast - 2)) * kBaseCodes + kMissing);
  right(kLast) = row_offset(RowNumber::last_position + mer3(b + kLast - 2));
  for (int t = kWindow; t < kWindow + kBefore; ++t) right(t) = row_offset(RowNumber::outside);
  return end;
}

std::size_t ends_floats(int group) { return std::size_t(2 * kEnd * kGates) * std::size_t(group); }

}  // namespace

void BaseRows::assign(std::span<const BaseCode> bases) {
  bases_ = bases;
  std::uint32_t* row = rows_.data() + kMargin;
  const std::size_t count = bases.size();
  std::fill(rows_.data(), row, row_offset(RowNumber::all_missing));
  std::fill(row + count, row + count + kMargin, row_offset(RowNumber::all_missing));
  std::uint32_t mer = RowNumber::all_missing;
  for (std::size_t i = 0; i < count + kReach; ++i) {
    mer = mer % 625 * kBaseCodes + (i < count ? bases[i] : kMissing);
    if (i >= kReach) row[i - kReach] = mer * Row::floats;
  }
}

std::size_t encode_columns(const Kernel& kernel, const Folded& folded, const BaseRows& rows, const Block& block,
                           Scratch& scratch) {
  const std::size_t group = std::size_t(kernel.group), count = block.columns.size();
  const std::size_t pitch = pitch_of(count, kernel.group), positions = std::size_t(block.step);
  // A window near the end of the last column reads past it, in lanes that hold no window.
  const std::size_t floats = positions * kGates * pitch + kWindow + 2 * group;
  if (floats > scratch.shared_floats) {
    scratch.shared = allocate(floats);
    scratch.shared_floats = floats;
  }
  Strip strip;
  strip.count = block.step;
  for (std::size_t q = 0; q < count; q += group) {
    for (std::size_t lane = 0; lane < group; ++lane)
      strip.rows[lane] = rows.at(block.columns[std::min(q + lane, count - 1)]);
    kernel.encode(folded, strip, {scratch.shared.get() + q, kGates * pitch, pitch});
  }
  return pitch;
}

void encode_ends(const Kernel& kernel, const Folded& folded, const BaseRows& rows,
                 std::span<const std::uint32_t> starts, float* ends) {
  const std::size_t group = std::size_t(kernel.group);
  std::array<EndRows, kMaxGroup> end;
  for (std::size_t i = 0; i < starts.size(); ++i) end[i] = end_rows(rows, starts[i]);
  Strip left, right;
  left.count = right.count = kEnd;
  left.outside_before = right.outside_after = true;
  for (std::size_t lane = 0; lane < group; ++lane) {
    const EndRows& its = end[std::min(lane, starts.size() - 1)];
    left.rows[lane] = its.left.data() + 2 * kReach;
    right.rows[lane] = its.right.data() + 2 * kReach;
  }
  kernel.encode(folded, left, {ends, kGates * group, group});
  kernel.encode(folded, right, {ends + kEnd * kGates * group, kGates * group, group});
}

void score_block(const Kernel& kernel, const Folded& folded, const BaseRows& rows, const Block& block, Scratch& scratch,
                 float* logits) {
  const std::size_t group = std::size_t(kernel.group), count = block.windows.size();
  const std::size_t state_floats = (attend_floats(kernel.group) + 15) / 16 * 16;
  if (!scratch.group) scratch.group = allocate(ends_floats(kernel.group) + state_floats + (kContext + 1) * group);
  float* ends = scratch.group.get();
  float* states = ends + ends_floats(kernel.group);
  float* context = states + state_floats;
  float* group_logits = context + kContext * group;

  GateSource source;
  source.pitch = encode_columns(kernel, folded, rows, block, scratch);
  source.shared = scratch.shared.get();
  source.step = block.step;
  source.ends = ends;
  for (std::size_t first = 0; first < count; first += group) {
    const std::size_t windows = std::min(group, count - first);
    std::uint32_t starts[kMaxGroup];
    for (std::size_t lane = 0; lane < group; ++lane) {
      source.column[lane] = lane < windows ? block.windows[first + lane] : source.column[lane - 1] + 1;
      if (lane < windows) starts[lane] = block.columns[source.column[lane]];
    }
    encode_ends(kernel, folded, rows, {starts, windows}, ends);
    kernel.attend(folded, source, states, context);
    kernel.head(folded, context, group_logits);
    std::copy_n(group_logits, windows, logits + first);
  }
}

}  // namespace iresweep::cpu
