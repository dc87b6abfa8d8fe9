#include "tools/help_format.h"

#include <fmt/format.h>

#include <sstream>

namespace iresweep::cli {
namespace {

constexpr std::size_t kTextColumn = 28, kWidth = 100;

/// `text` with lines of at most kWidth, those after the first indented.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (column > indent && column + 1 + word.size() > kWidth) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ', ++column;
    }
    out += word;
    column += word.size();
  }
  return out + '\n';
}

std::string two_columns(const std::string& name, const std::string& text) {
  std::string out = "  " + name;
  const bool too_long = out.size() + 2 > kTextColumn;
  out += too_long ? '\n' + std::string(kTextColumn, ' ') : std::string(kTextColumn - out.size(), ' ');
  return out + wrapped(text, kTextColumn);
}

}  // namespace

HelpFormat::HelpFormat() {
  label("Positionals", "Arguments");
  label("SUBCOMMAND", "COMMAND");
}

std::string HelpFormat::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
  return CLI::detail::find_and_replace(Formatter::make_help(app, std::move(name), mode), "\n\n\n", "\n\n");
}

std::string HelpFormat::make_description(const CLI::App* app) const {
  std::string out, rest = app->get_description();
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    out += wrapped(rest.substr(0, end), 0) + '\n';
    rest = end == std::string::npos ? "" : rest.substr(end + 2);
  }
  return out;
}

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
