#include "host/input/bed_lines.h"

namespace iresweep {

bool is_bed_data(std::string_view line) {
  const auto begins_with = [&](std::string_view word) {
    return line.starts_with(word) &&
           (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
  };
  return line.find_first_not_of(" \t") != line.npos && !line.starts_with('#') && !begins_with("track") &&
         !begins_with("browser");
}

}  // namespace iresweep
