// Files named on the command line.
#pragma once
#include <string>

namespace iresweep::cli {

/// Standard input or output.
bool is_stream(const std::string& path);

/// Whether writing one would destroy the other. Streams never clash, and /dev/null and the like may be named twice.
bool clash(const std::string& a, const std::string& b);

}  // namespace iresweep::cli
