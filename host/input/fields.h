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

}  // namespace iresweep
