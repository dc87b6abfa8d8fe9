// The subcommands of iresweep-train.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>

namespace iresweep::cli {

/// A subcommand: its part of the command line, and what runs when it is chosen.
struct TrainCommand {
  CLI::App* app;
  std::function<void()> run;
};

TrainCommand add_fit(CLI::App& program);
TrainCommand add_cross_validate(CLI::App& program);
TrainCommand add_targets(CLI::App& program);

}  // namespace iresweep::cli
