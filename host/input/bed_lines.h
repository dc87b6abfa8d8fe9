// Which lines of a BED file hold data.
#pragma once
#include <string_view>

namespace iresweep {

/// No comment, no track or browser line, not empty.
bool is_bed_data(std::string_view line);

}  // namespace iresweep
