#include "kernels/cpu/base_rows.h"

#include <algorithm>

#include "kernels/folded.h"

namespace iresweep::cpu {
namespace {

std::uint32_t row_offset(int number) { return std::uint32_t(number * Row::floats); }

// Of the base in the middle of five.
std::uint32_t row_of(BaseCode b0, BaseCode b1, BaseCode b2, BaseCode b3, BaseCode b4) {
  const int mer = (((b0 * kBaseCodes + b1) * kBaseCodes + b2) * kBaseCodes + b3) * kBaseCodes + b4;
  return std::uint32_t(mer * Row::floats);
}

int mer3(const BaseCode* b) { return (b[0] * kBaseCodes + b[1]) * kBaseCodes + b[2]; }

}  // namespace

void BaseRows::assign(std::span<const BaseCode> bases) {
  bases_ = bases;
  std::uint32_t* row = rows_.data() + kMargin;
  const std::size_t count = bases.size();
  std::fill(rows_.data(), row, row_offset(RowNumber::all_missing));
  std::fill(row + count, row + count + kMargin, row_offset(RowNumber::all_missing));
  const auto base = [&](std::size_t i) { return i < count ? bases[i] : kMissing; };  // 0 - 1 wraps to a large number
  const auto edge = [&](std::size_t i) {
    row[i] = row_of(base(i - 2), base(i - 1), base(i), base(i + 1), base(i + 2));
  };
  for (std::size_t i = 0; i < std::min(count, std::size_t{kReach}); ++i) edge(i);
  for (std::size_t i = count > kReach ? count - kReach : 0; i < count; ++i) edge(i);
  const BaseCode* b = bases.data();
  for (std::size_t i = kReach; i + kReach < count; ++i) row[i] = row_of(b[i - 2], b[i - 1], b[i], b[i + 1], b[i + 2]);
}

EndRows end_rows(const BaseRows& rows, std::size_t start) {
  EndRows end;
  const BaseCode* b = rows.base(start);
  const std::uint32_t* inside = rows.at(start);
  std::uint32_t* left = end.left + EndRows::kBefore;  // by position
  for (int t = -EndRows::kBefore; t < 0; ++t) left[t] = row_offset(RowNumber::outside);
  left[0] = row_offset(RowNumber::first_position + mer3(b));
  left[1] = row_of(kMissing, b[0], b[1], b[2], b[3]);
  for (int t = 2; t < kEnd + EndRows::kBefore; ++t) left[t] = inside[t];

  constexpr int kFirst = kWindow - kEnd - EndRows::kBefore, kLast = kWindow - 1;
  const BaseCode* last = b + kLast;
  for (int t = kFirst; t < kLast - 1; ++t) end.right[t - kFirst] = inside[t];
  end.right[kLast - 1 - kFirst] = row_of(last[-3], last[-2], last[-1], last[0], kMissing);
  end.right[kLast - kFirst] = row_offset(RowNumber::last_position + mer3(last - 2));
  for (int t = kWindow; t < kWindow + EndRows::kBefore; ++t) end.right[t - kFirst] = row_offset(RowNumber::outside);
  return end;
}

}  // namespace iresweep::cpu
