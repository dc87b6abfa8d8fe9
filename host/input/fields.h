// Fields of text lines.
#pragma once
#include <charconv>
#include <cstdint>
#include <string_view>
#include <vector>

namespace iresweep {

/// The parts of `line` between separators; as many as there are separators, and one.
std::vector<std::string_view> split_fields(std::string_view line, char separator);

/// The whole of `text` as a decimal number; false, with `value` undefined, when it is none.
inline bool parse_number(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// The same for a position on a contig, or for a number of bases or bytes: sums of many still fit 64 bits.
inline bool parse_position(std::string_view text, std::int64_t& value) {
  constexpr std::int64_t farthest = std::int64_t(1) << 48;
  return parse_number(text, value) && -farthest <= value && value <= farthest;
}

}  // namespace iresweep
