// The options that every subcommand has that scores windows.
#pragma once
#include <CLI/CLI.hpp>

#include "iresweep/engine.h"
#include "tools/cli.h"

namespace iresweep::cli {

struct MessageOptions {
  bool no_progress = false, quiet = false, verbose = false;
  Verbosity verbosity() const;
};

/// Each declares its options in a group of their own; parsing fills what is given, which must stay where it is.
void declare_engine_options(CLI::App& app, EngineOptions& options);
void declare_message_options(CLI::App& app, MessageOptions& options);

/// The error where --model is left out.
UsageError no_model();

}  // namespace iresweep::cli
