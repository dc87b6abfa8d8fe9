// Text for a page.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace iresweep {

/// Text that a browser shows as it is, in content and in attributes alike: names of records are anybody's. Bytes that
/// are no UTF-8, and control characters, become U+FFFD.
std::string escaped(std::string_view text);

/// 1234567 as "1,234,567".
std::string grouped(std::uint64_t number);

/// A share as a percentage of three digits: "0.102%".
std::string percent(double share);

/// A row of a table: cells are markup already. `tag` is td or th.
std::string table_row(std::initializer_list<std::string> cells, std::string_view tag = "td");

}  // namespace iresweep
