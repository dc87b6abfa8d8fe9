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

constexpr const char* kFitFooter = R"(Examples:
  $ iresweep train fit table.tsv -o mine.safetensors
  $ iresweep train fit table.tsv --where origin=virus --seed 2 --log virus.json -o virus.safetensors
  $ iresweep train fit targets.tsv --soft-share 1 --keep last --monitor loss -o student.safetensors

Table:
  A row a window: id, sequence (174 bases; see --pad), and where known label (1 or 0), soft (a logit to learn), weight,
  group (similar sequences share it: they never train and validate), fold, origin, part. Other columns are passed over.

Exit codes:
  0 done; 1 failed; 2 wrong usage. A file appears under its name only when it is complete.)";

struct FitCommand {
  TrainOptions train;
  int validation_fold = 0, held_out_fold = -1;
  std::string scores;
};

// A line a row that was held out, in the table's order: id, label (may be empty), score.
std::string scores_of_held_out(train::Fitted& fitted, const train::Table& table, const train::Split& split) {
  std::vector<train::Window> windows;
  for (const std::uint32_t i : split.held_out) windows.emplace_back(table.rows[i].codes);
  const auto logits = fitted.network.score(windows);
  std::string lines = "id\tlabel\tscore\n";
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const train::Row& row = table.rows[split.held_out[i]];
    lines += fmt::format("{}\t{}\t{}\n", row.id, row.label ? fmt::to_string(*row.label) : "", score_of(logits[i]));
  }
  return lines;
}

void run(const FitCommand& command) {
  const TrainOptions& options = command.train;
  const train::FitOptions fit_options = fit_options_of(options);
  check_output(options, fit_options);
  if (!command.scores.empty() && command.held_out_fold < 0)
    throw UsageError("no row is held out", "--scores", "name a fold with --held-out-fold");
  const train::Table table = table_of(options);
  const train::Split split = train::split_by_fold(train::folds_of(table.rows, options.folds, fit_options.seed),
                                                  command.validation_fold, command.held_out_fold);
  spdlog::info("{} rows train, {} validate, {} are held out", split.training.size(), split.validation.size(),
               split.held_out.size());
  train::Fitted fitted = train::fit(table, split, fit_options, report_epoch);
  if (!options.log.empty()) {
    const nlohmann::json log{{"options", train::json_of(fit_options)},
                             {"data", train::json_of(table, split)},
                             {"epochs", train::json_of(fitted.epochs)},
                             {"kept_epoch", fitted.kept_epoch}};
    replace_file(options.log, log.dump(1) + "\n");
  }
  if (!command.scores.empty()) replace_file(command.scores, scores_of_held_out(fitted, table, split));
  if (options.output.empty()) return;
  save_model(model_of(fitted, table, split, options, options.output), options.output);
  spdlog::info("wrote {}, weights of epoch {}", options.output, fitted.kept_epoch);
}

}  // namespace

TrainCommand add_fit(CLI::App& program) {
  auto command = std::make_shared<FitCommand>();
  CLI::App* app = program.add_subcommand("fit", "Trains one network.")->footer(kFitFooter);
  add_train_options(*app, command->train);
  app->add_option("-o,--output", command->train.output, "Model to write, *.safetensors. Default: none.")
      ->type_name("FILE");
  app->add_option("--validation-fold", command->validation_fold, "Fold to validate on; -1 is none. Default: 0.")
      ->type_name("N");
  app->add_option("--held-out-fold", command->held_out_fold,
                  "Fold that neither trains nor validates; see --scores. Default: none.")
      ->type_name("N");
  app->add_option("--scores", command->scores, "Scores of the fold held out: id, label, score. Default: none.")
      ->type_name("FILE");
  return {app, [command] { run(*command); }};
}

}  // namespace iresweep::cli
