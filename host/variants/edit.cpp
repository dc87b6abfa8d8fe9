#include "host/variants/edit.h"

#include <algorithm>

#include "host/input/letters.h"

namespace iresweep {
namespace {

bool is_breakend(std::string_view alt) {
  return alt.find_first_of("[]") != alt.npos || (alt.size() > 1 && (alt.front() == '.' || alt.back() == '.'));
}

}  // namespace

bool read_bases(std::string_view letters, std::vector<BaseCode>& codes) {
  codes.clear();
  for (const char letter : letters) {
    codes.push_back(letter_code(letter));
    if (codes.back() > kMissing) return false;
  }
  return !codes.empty();
}

Allele read_allele(std::int64_t position, std::string_view ref, std::string_view alt) {
  if (alt.starts_with('<')) return {Verdict::symbolic, {}};
  if (alt == "*") return {Verdict::deleted_upstream, {}};
  if (is_breakend(alt)) return {Verdict::breakend, {}};
  std::vector<BaseCode> before, after;
  if (!read_bases(ref, before) || !read_bases(alt, after)) return {Verdict::not_bases, {}};
  while (!before.empty() && !after.empty() && before.back() == after.back()) before.pop_back(), after.pop_back();
  const auto differ = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const std::int64_t start = position + (differ.first - before.begin());
  const Edit edit{{start, start + (before.end() - differ.first)}, {differ.second, after.end()}};
  if (edit.replaced.size() == 0 && edit.inserted.empty()) return {Verdict::no_change, {}};
  if (std::max(edit.replaced.size(), std::int64_t(edit.inserted.size())) > kLongestAllele)
    return {Verdict::too_long, {}};
  return {Verdict::scored, edit};
}

}  // namespace iresweep
