// How much memory the process has had at most.
#pragma once
#include <cstdint>

namespace iresweep {

/// Bytes resident at the peak of this program; 0 where the system does not tell. Not getrusage()'s figure: that one
/// begins with what the parent had before exec(), which from a Python script can be more than a scan ever needs.
std::uint64_t peak_memory();

}  // namespace iresweep
