// How --help looks; the man pages are made from it.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace iresweep::cli {

/// Names in one column ("-o, --output FILE"), texts wrapped beside them. What a text says of defaults it says itself.
class HelpFormat : public CLI::Formatter {
 public:
  HelpFormat();
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
  std::string make_description(const CLI::App* app) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_subcommand(const CLI::App* command) const override;
};

}  // namespace iresweep::cli
