// What option values are checked for while the command line is read.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace iresweep::cli {

/// A number between 0 and 1, both excluded. CLI11's own range check lets "not a number" pass.
CLI::Validator between_0_and_1();
CLI::Validator whole_number(long least, long most);
CLI::Validator one_of(std::vector<std::string> names);

}  // namespace iresweep::cli
