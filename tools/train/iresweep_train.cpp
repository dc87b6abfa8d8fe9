// iresweep-train, which `iresweep train` starts: training, apart from the scanner because it needs LibTorch.
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <exception>
#include <memory>
#include <system_error>

#include "iresweep/error.h"
#include "tools/cli.h"
#include "tools/help_format.h"
#include "tools/process.h"
#include "tools/train/commands.h"

namespace iresweep::cli {
namespace {

constexpr const char* kDescription =
    "Trains networks on labelled windows, for `iresweep scan --model`.\n\n"
    "The network is that of the built-in model. One thread: the same table, options and seed give the same weights to "
    "the last bit on one kind of CPU. For several networks at once start several processes.";

constexpr const char* kFooter = R"(Examples:
  $ iresweep train fit table.tsv -o mine.safetensors
  $ iresweep train cross-validate table.tsv -o cv --log cv.json
  $ iresweep model calibrate --model mine.safetensors -o mine.safetensors transcripts.fa.gz

Exit codes:
  0 done; 1 failed; 2 wrong usage. A file appears under its name only when it is complete.)";

int run(int argc, char** argv) {
  CLI::App program(kDescription, "iresweep train");
  program.formatter(std::make_shared<HelpFormat>());
  program.footer(kFooter);
  program.set_help_flag("-h,--help", "Print this and end.");
  const TrainCommand commands[] = {add_fit(program), add_cross_validate(program), add_targets(program)};
  program.require_subcommand(1);
  if (argc < 2) {
    fmt::print(stderr, "{}", program.help());
    return kWrongUsage;
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print(program.help());
    return kDone;
  } catch (const CLI::ParseError& error) {
    throw misread(program, error);
  }
  for (const TrainCommand& command : commands)
    if (command.app->parsed()) command.run();
  return kDone;
}

}  // namespace
}  // namespace iresweep::cli

int main(int argc, char** argv) {
  using namespace iresweep;
  cli::begin_process();
  cli::set_up_log("iresweep train");
  at::set_num_threads(1);
  try {
    return cli::run(argc, argv);
  } catch (const cli::UsageError& error) {
    cli::tell_error(error);
    return cli::kWrongUsage;
  } catch (const Error& error) {
    cli::tell_error(error);
  } catch (const std::system_error& fault) {
    cli::tell_error(cli::told(fault));
  } catch (const std::exception& error) {
    cli::tell_error({error.what(), "", "this is a fault of iresweep-train: please report it"});
  }
  return cli::kFailed;
}
