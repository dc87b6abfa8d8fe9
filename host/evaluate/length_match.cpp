#include "host/evaluate/length_match.h"

#include <algorithm>
#include <cstdint>

namespace iresweep {
namespace {

std::vector<std::size_t> by_length(const LabelledSet& set, bool positive) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < set.records.size(); ++i)
    if (set.records[i].positive == positive) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return set.records[i].codes.size(); });
  return order;
}

void keep_middle(std::vector<BaseCode>& codes, std::size_t length) {
  const auto from = codes.begin() + std::ptrdiff_t((codes.size() - length) / 2);
  codes = std::vector<BaseCode>(from, from + std::ptrdiff_t(length));
}

}  // namespace

LengthMatched match_lengths(const LabelledSet& set) {
  std::vector<std::size_t> few = by_length(set, true), many = by_length(set, false);
  if (few.size() > many.size()) std::swap(few, many);
  LengthMatched matched{set.records, 0};
  for (std::size_t i = 0, from = 0; i < few.size(); ++i) {
    const std::size_t to = many.size() * (i + 1) / few.size();
    std::vector<std::size_t> group(many.begin() + std::ptrdiff_t(from), many.begin() + std::ptrdiff_t(to));
    group.push_back(few[i]);
    from = to;
    std::size_t shortest = SIZE_MAX;
    for (const std::size_t record : group) shortest = std::min(shortest, set.records[record].codes.size());
    for (const std::size_t record : group) {
      if (set.records[record].codes.size() == shortest) continue;
      keep_middle(matched.records[record].codes, shortest);
      ++matched.cut;
    }
  }
  return matched;
}

}  // namespace iresweep
