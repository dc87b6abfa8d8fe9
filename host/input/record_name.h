// Names of records, and when two mean the same.
#pragma once
#include <string>
#include <string_view>

namespace iresweep {

/// What a header line (without '>') calls its record: up to the first blank, and where `until` is not empty before that
/// too, unless nothing would be left.
std::string name_of_header(std::string_view header, std::string_view until);

/// `name` before `until`; whole where that is empty, absent, or would leave nothing.
std::string_view cut_name(std::string_view name, std::string_view until);

}  // namespace iresweep
