// iresweep-train: training, apart from the scanner because it needs LibTorch.
#include <ATen/Parallel.h>
#include <spdlog/spdlog.h>

#include "iresweep/error.h"
#include "tools/cli.h"
#include "tools/train/commands.h"

int main(int argc, char** argv) {
  using namespace iresweep;
  cli::set_up_log();
  // One thread: then the same seed gives the same weights. More networks at once are more processes.
  at::set_num_threads(1);
  CLI::App program("Trains networks for iresweep.", "iresweep-train");
  program.require_subcommand(1);
  const cli::TrainCommand commands[] = {cli::add_fit(program), cli::add_cross_validate(program),
                                        cli::add_targets(program)};
  try {
    program.parse(argc, argv);
    for (const auto& command : commands)
      if (command.app->parsed()) command.run();
  } catch (const CLI::Success& shown) {
    return program.exit(shown);
  } catch (const CLI::ParseError& error) {
    program.exit(error);
    return cli::kWrongUsage;
  } catch (const cli::UsageError& error) {
    cli::tell_error(error);
    return cli::kWrongUsage;
  } catch (const Error& error) {
    cli::tell_error(error);
    return cli::kFailed;
  } catch (const std::exception& error) {
    cli::tell_error(Error(error.what(), "", "this is a fault of iresweep-train: please report it"));
    return cli::kFailed;
  }
  return cli::kDone;
}
