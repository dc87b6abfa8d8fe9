#include "host/output/track_line.h"

#include <fmt/format.h>

#include <cstdint>

namespace iresweep {

std::string track_line(std::string_view name, std::string_view settings) {
  if (name.empty()) return "";
  std::string shown(name);
  for (char& c : shown) {
    if (c == '"') c = '\'';
    if (std::uint8_t(c) < 0x20) c = ' ';
  }
  return fmt::format("track {1} name=\"{0}\" description=\"{0}\"\n", shown, settings);
}

}  // namespace iresweep
