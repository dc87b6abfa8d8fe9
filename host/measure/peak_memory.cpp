#include "host/measure/peak_memory.h"

#include <fstream>
#include <string>

namespace iresweep {

std::uint64_t peak_memory() {
  std::ifstream status("/proc/self/status");  // proc(5)
  for (std::string word; status >> word;)
    if (std::uint64_t kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  return 0;
}

}  // namespace iresweep
