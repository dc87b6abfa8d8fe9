// What is said of a command line that cannot be read.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "tools/cli.h"

namespace iresweep::cli {
namespace {

const CLI::App& chosen(const CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? app : chosen(*commands.front());
}

/// "iresweep model show"
std::string full_name(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : full_name(*app.get_parent()) + " " + app.get_name();
}

}  // namespace

UsageError misread(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = chosen(app);
  std::string fault = error.what();
  // CLI11 says of a subcommand that is not there that one is required.
  if (const auto left = command.remaining(); dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
                                             !command.get_subcommands([](const CLI::App*) { return true; }).empty())
    fault = left.empty() ? "a subcommand is missing"
                         : fmt::format("no {} is called '{}'", left.front().starts_with("-") ? "option" : "subcommand",
                                       left.front());
  return {fault, "command line", fmt::format("see {} --help", full_name(command))};
}

}  // namespace iresweep::cli
