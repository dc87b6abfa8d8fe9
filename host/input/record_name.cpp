#include "host/input/record_name.h"

#include <algorithm>

#include "host/input/letters.h"

namespace iresweep {

std::string_view cut_name(std::string_view name, std::string_view until) {
  const std::size_t cut = until.empty() ? name.npos : name.find(until);
  return cut == 0 ? name : name.substr(0, cut);
}

std::string name_of_header(std::string_view header, std::string_view until) {
  header.remove_prefix(std::min(header.find_first_not_of(kBlanks), header.size()));
  return std::string(cut_name(header.substr(0, header.find_first_of(kBlanks)), until));
}

}  // namespace iresweep
