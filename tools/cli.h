// What the subcommands share: how one is declared, how wrong usage is told, what is said on standard error.
#pragma once
#include <functional>
#include <string>

#include "iresweep/error.h"
#include "tools/cli_fwd.h"

namespace iresweep::cli {

/// Exit codes; a signal gives 128 + its number.
enum Exit : int { kDone = 0, kFailed = 1, kWrongUsage = 2, kSignalled = 128 };

/// The command line itself is at fault: exit code 2 instead of 1.
struct UsageError : Error {
  using Error::Error;
};

/// A subcommand: its part of the command line, and what runs when it is chosen. `run` gets the command line as typed
/// and returns the exit code.
struct Command {
  CLI::App* app;
  std::function<int(const std::string& command_line)> run;
};

Command add_scan(CLI::App& program);
Command add_merge(CLI::App& program);
Command add_variants(CLI::App& program);
Command add_model(CLI::App& program);
Command add_devices(CLI::App& program);
Command add_bench(CLI::App& program);
Command add_evaluate(CLI::App& program);
Command add_explain(CLI::App& program);
Command add_motifs(CLI::App& program);
/// For the list in --help; become_trainer() runs it.
void declare_train(CLI::App& program);
/// Below `iresweep model`.
Command add_calibrate(CLI::App& model);

enum class Verbosity { quiet, normal, verbose };

/// Gives this process to iresweep-train with `arguments`, ended by a null pointer. Returns never; throws Error where it
/// is not installed.
void become_trainer(char** arguments);

/// The error of a command line that `app` could not read.
UsageError misread(const CLI::App& app, const CLI::ParseError& error);

/// Log lines go to standard error as "PROGRAM: ...".
void set_up_log(const std::string& program);
void set_verbosity(Verbosity verbosity);

/// The one line of an error: "PROGRAM: error: what (where); hint".
void tell_error(const Error& error);

/// The line that a run ends with that a signal stopped; `output` as typed, "-" or "" for standard output. `go_on` is
/// the command that goes on with it, where one does.
void tell_stopped(int signal, const std::string& output, const std::string& go_on = {});

/// Writes `text` to standard output; throws Error when it cannot be written completely.
void print(const std::string& text);

/// `iresweep X.Y.Z` on the first line, then how it was built.
std::string version_text();

}  // namespace iresweep::cli
