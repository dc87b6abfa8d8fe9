#include "tools/help_format.h"

#include <fmt/format.h>

#include <sstream>

namespace iresweep::cli {
namespace {

constexpr std::size_t kTextColumn = 28, kWidth = 100;

std::string two_columns(const std::string& name, const std::string& text) {
  std::string out = "  " + name;
  std::size_t column = out.size();
  if (column + 2 > kTextColumn) out += '\n', column = 0;
  out.append(kTextColumn - column, ' ');
  column = kTextColumn;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (column + 1 + word.size() > kWidth) {
      out += '\n' + std::string(kTextColumn, ' ');
      column = kTextColumn;
    } else if (column > kTextColumn) {
      out += ' ', ++column;
    }
    out += word;
    column += word.size();
  }
  return out + '\n';
}

}  // namespace

std::string HelpFormat::make_option(const CLI::Option* option, bool is_positional) const {
  return two_columns(make_option_name(option, is_positional) + make_option_opts(option), option->get_description());
}

std::string HelpFormat::make_option_name(const CLI::Option* option, bool is_positional) const {
  if (is_positional) return option->get_name(true, false);
  std::string name;
  for (const std::string& letter : option->get_snames())
    name += "-" + letter + (option->get_lnames().empty() ? "" : ", ");
  if (name.empty()) name = "    ";
  for (const std::string& word : option->get_lnames()) name += "--" + word;
  return name;
}

std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
  const bool takes_value = option->get_type_size() != 0 && !option->get_positional();
  return takes_value ? " " + option->get_type_name() : "";
}

std::string HelpFormat::make_subcommand(const CLI::App* command) const {
  const std::string text = command->get_description();
  return two_columns(command->get_name(), text.substr(0, text.find('\n')));
}

}  // namespace iresweep::cli
