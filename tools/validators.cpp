#include "tools/validators.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace iresweep::cli {

CLI::Validator between_0_and_1() {
  return CLI::Validator(
      [](const std::string& text) {
        double value = 0;
        const bool fits = CLI::detail::lexical_cast(text, value) && value > 0 && value < 1;
        return fits ? std::string() : "'" + text + "' does not lie between 0 and 1 (both excluded)";
      },
      "");
}

CLI::Validator whole_number(long least, long most) {
  return CLI::Validator(
      [least, most](const std::string& text) {
        long value = 0;
        const bool fits = CLI::detail::lexical_cast(text, value) && value >= least && value <= most;
        return fits ? std::string() : fmt::format("'{}' is no whole number from {} to {}", text, least, most);
      },
      "");
}

CLI::Validator one_of(std::vector<std::string> names) {
  return CLI::Validator(
      [names = std::move(names)](const std::string& text) {
        if (std::find(names.begin(), names.end(), text) != names.end()) return std::string();
        return fmt::format("'{}' is none of {}", text, fmt::join(names, ", "));
      },
      "");
}

}  // namespace iresweep::cli
