#pragma once
#include <string>
#include <string_view>

namespace iresweep {

/// XXH3-128 of `bytes` in hexadecimal, as `xxh128sum` prints it.
std::string xxh3_hex(std::string_view bytes);

}  // namespace iresweep
