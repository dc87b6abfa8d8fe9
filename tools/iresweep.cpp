// The program: finds the subcommand, runs it, and turns every fault into one line and an exit code.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/cli.h"
#include "tools/help_format.h"
#include "tools/process.h"

namespace iresweep::cli {
namespace {

constexpr const char* kDescription =
    "Finds internal ribosome entry sites (IRES) in RNA: slides a window over transcripts and genomes, scores every "
    "window with a neural network and writes the hits as BED.";

constexpr const char* kFooter = R"(Examples:
  $ iresweep scan transcripts.fa.gz > hits.bed
  $ iresweep model show
  $ iresweep scan --help

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one.)";

/// As a shell would read it.
std::string command_line(int argc, char** argv) {
  std::string line = "iresweep";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool plain = !word.empty() && word.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789_-+=:,./@%") == std::string::npos;
    line += ' ';
    if (plain) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char letter : word) line += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    line += '\'';
  }
  return line;
}

int run(int argc, char** argv) {
  // All that follows is the trainer's to read.
  if (argc > 1 && std::string_view(argv[1]) == "train") become_trainer(argv + 2);
  CLI::App app(kDescription, "iresweep");
  app.formatter(std::make_shared<HelpFormat>());
  app.footer(kFooter);
  app.set_help_flag("-h,--help", "Print this and end.");
  app.set_version_flag("--version", version_text(), "Print the version and how the program was built, and end.");
  std::vector<Command> commands{add_scan(app),     add_merge(app), add_evaluate(app), add_explain(app), add_motifs(app),
                                add_variants(app), add_model(app), add_devices(app),  add_bench(app)};
  declare_train(app);
  app.require_subcommand(1);
  if (argc < 2) {
    fmt::print(stderr, "{}", app.help());
    return kWrongUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    return kDone;
  } catch (const CLI::CallForVersion&) {
    print(version_text());
    return kDone;
  } catch (const CLI::ParseError& error) {
    throw misread(app, error);
  }
  for (const Command& command : commands)
    if (command.app->parsed()) return command.run(command_line(argc, argv));
  return kWrongUsage;
}

int run_and_tell(int argc, char** argv) {
  set_up_log("iresweep");
  try {
    return run(argc, argv);
  } catch (const UsageError& error) {
    tell_error(error);
    return kWrongUsage;
  } catch (const Error& error) {
    tell_error(error);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::system_error& fault) {
    tell_error(told(fault));
  } catch (const std::exception& error) {
    tell_error({error.what(), "", ""});
  }
  return kFailed;
}

/// Without anything that could need memory itself.
void tell_out_of_memory() {
  std::fputs("iresweep: error: memory does not suffice; use fewer --threads or a smaller --batch-windows\n", stderr);
}

/// Where memory ends amid what may not throw (the JSON library allocates in its destructors), nothing is unwound.
[[noreturn]] void end_at_once() {
  try {
    if (const auto exception = std::current_exception()) std::rethrow_exception(exception);
  } catch (const std::bad_alloc&) {
    tell_out_of_memory();
    _exit(kFailed);
  } catch (...) {
  }
  std::abort();
}

}  // namespace
}  // namespace iresweep::cli

int main(int argc, char** argv) {
  iresweep::cli::begin_process();
  std::set_terminate(iresweep::cli::end_at_once);
  try {
    return iresweep::cli::run_and_tell(argc, argv);
  } catch (const std::bad_alloc&) {
    iresweep::cli::tell_out_of_memory();
    return iresweep::cli::kFailed;
  }
}
