// iresweep-train fit: one network from one table.
#include "host/train/fit.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "host/model/file_bytes.h"
#include "host/train/record.h"
#include "tools/cli.h"
#include "tools/train/commands.h"
#include "tools/train/options.h"

namespace iresweep::cli {
namespace {

struct FitCommand {
  TrainOptions train;
  int validation_fold = 0;
};

void run(const FitCommand& command) {
  const TrainOptions& options = command.train;
  const train::FitOptions fit_options = fit_options_of(options);
  if (!options.output.empty() && fit_options.architecture != train::Architecture::full)
    throw UsageError("only the full architecture can be scanned with", "--output", "leave --output out; see --log");
  const train::Table table = table_of(options);
  const train::Split split =
      train::split_by_fold(train::folds_of(table.rows, options.folds, fit_options.seed), command.validation_fold);
  spdlog::info("{} rows train, {} validate", split.training.size(), split.validation.size());
  const train::Fitted fitted = train::fit(table, split, fit_options, report_epoch);
  if (!options.log.empty()) {
    const nlohmann::json log{{"options", train::json_of(fit_options)},
                             {"data", train::json_of(table, split)},
                             {"epochs", train::json_of(fitted.epochs)},
                             {"kept_epoch", fitted.kept_epoch}};
    replace_file(options.log, log.dump(1) + "\n");
  }
  if (options.output.empty()) return;
  save_model(model_of(fitted, table, split, options, options.output), options.output);
  spdlog::info("wrote {}, weights of epoch {}", options.output, fitted.kept_epoch);
}

}  // namespace

TrainCommand add_fit(CLI::App& program) {
  auto command = std::make_shared<FitCommand>();
  CLI::App* app = program.add_subcommand("fit", "train one network");
  add_train_options(*app, command->train);
  app->add_option("-o,--output", command->train.output, "model to write, .safetensors");
  app->add_option("--validation-fold", command->validation_fold, "fold to validate on; -1: none")
      ->capture_default_str();
  return {app, [command] { run(*command); }};
}

}  // namespace iresweep::cli
