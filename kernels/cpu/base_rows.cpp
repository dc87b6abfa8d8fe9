#include "kernels/cpu/base_rows.h"

#include <algorithm>

#include "kernels/folded.h"

namespace iresweep::cpu {
namespace {

std::uint32_t row_offset(int number) { return std::uint32_t(number * Row::floats); }

int mer3(const BaseCode* b) { return (b[0] * kBaseCodes + b[1]) * kBaseCodes + b[2]; }

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

EndRows end_rows(const BaseRows& rows, std::size_t start) {
  EndRows end;
  const BaseCode* b = rows.base(start);
  const std::uint32_t* inside = rows.at(start);
  std::uint32_t* left = end.left + EndRows::kBefore;  // by position
  for (int t = -EndRows::kBefore; t < 0; ++t) left[t] = row_offset(RowNumber::outside);
  left[0] = row_offset(RowNumber::first_position + mer3(b));
  left[1] = row_offset((kMissing * 125 + mer3(b)) * kBaseCodes + b[3]);
  for (int t = 2; t < kEnd + EndRows::kBefore; ++t) left[t] = inside[t];

  constexpr int kFirst = kWindow - kEnd - EndRows::kBefore, kLast = kWindow - 1;
  const BaseCode* last = b + kLast;
  for (int t = kFirst; t < kLast - 1; ++t) end.right[t - kFirst] = inside[t];
  end.right[kLast - 1 - kFirst] = row_offset((last[-3] * 125 + mer3(last - 2)) * kBaseCodes + kMissing);
  end.right[kLast - kFirst] = row_offset(RowNumber::last_position + mer3(last - 2));
  for (int t = kWindow; t < kWindow + EndRows::kBefore; ++t) end.right[t - kFirst] = row_offset(RowNumber::outside);
  return end;
}

}  // namespace iresweep::cpu
