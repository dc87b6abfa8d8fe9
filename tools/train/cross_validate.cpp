// iresweep-train cross-validate: one network a fold, judged on rows whose groups it never saw.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/model/file_bytes.h"
#include "host/train/fit.h"
#include "host/train/metrics.h"
#include "host/train/record.h"
#include "tools/cli.h"
#include "tools/train/commands.h"
#include "tools/train/options.h"

namespace iresweep::cli {
namespace {

constexpr const char* kCrossValidateDescription = "Trains one network a fold and judges it on the rows held out.";

constexpr const char* kCrossValidateFooter = R"(Examples:
  $ iresweep train cross-validate table.tsv --log cv.json
  $ iresweep train cross-validate table.tsv --group-column cluster --folds 5 --architecture cnn-gru --log cv.json

In every round one fold is held out, the next validates (it chooses the epoch), the others train. Rows of one
group are never on two sides.

Exit codes:
  0 done; 1 failed; 2 wrong usage. A file appears under its name only when it is complete.)";

train::Quality judge_held_out(train::Fitted& fitted, const train::Table& table, const train::Split& split,
                              const train::FitOptions& options) {
  std::vector<train::Window> windows;
  for (const std::uint32_t i : split.held_out) windows.emplace_back(table.rows[i].codes);
  return train::judge(table.rows, split.held_out, fitted.network.score(windows), options);
}

nlohmann::json round_of(int fold, const train::Table& table, const train::Split& split, const train::Fitted& fitted,
                        const train::Quality& quality) {
  return {{"fold", fold},
          {"data", train::json_of(table, split)},
          {"epochs", train::json_of(fitted.epochs)},
          {"kept_epoch", fitted.kept_epoch},
          {"held_out", train::json_of(quality)}};
}

void run(const TrainOptions& options) {
  train::FitOptions fit_options = fit_options_of(options);
  check_output(options, fit_options);
  const train::Table table = table_of(options);
  const auto folds = train::folds_of(table.rows, options.folds, fit_options.seed);
  const int count = 1 + *std::max_element(folds.begin(), folds.end());
  nlohmann::json rounds = nlohmann::json::array();
  std::vector<double> aurocs;
  for (int fold = 0; fold < count; ++fold) {
    const train::Split split = train::split_for_round(folds, fold);
    spdlog::info("fold {} of {}: {} rows train, {} validate, {} held out", fold, count, split.training.size(),
                 split.validation.size(), split.held_out.size());
    if (!options.fit.checkpoint.empty()) fit_options.checkpoint = fmt::format("{}.{}", options.fit.checkpoint, fold);
    train::Fitted fitted = train::fit(table, split, fit_options, report_epoch);
    const train::Quality quality = judge_held_out(fitted, table, split, fit_options);
    rounds.push_back(round_of(fold, table, split, fitted, quality));
    if (quality.auroc) aurocs.push_back(*quality.auroc);
    spdlog::info("fold {}: held-out AUROC {:.4f}", fold, quality.auroc.value_or(0));
    if (options.output.empty()) continue;
    const std::string path = fmt::format("{}.fold{}.safetensors", options.output, fold);
    save_model(model_of(fitted, table, split, options, path), path);
  }
  const train::Spread spread = train::spread_of(aurocs);
  spdlog::info("AUROC of {} folds: {:.4f}, standard deviation {:.4f}", aurocs.size(), spread.mean, spread.deviation);
  const nlohmann::json log{{"options", train::json_of(fit_options)},
                           {"rounds", rounds},
                           {"auroc_mean", spread.mean},
                           {"auroc_deviation", spread.deviation}};
  if (!options.log.empty()) replace_file(options.log, log.dump(1) + "\n");
}

}  // namespace

TrainCommand add_cross_validate(CLI::App& program) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* app = program.add_subcommand("cross-validate", kCrossValidateDescription)->footer(kCrossValidateFooter);
  add_train_options(*app, *options);
  app->add_option("-o,--output", options->output,
                  "Models to write: PREFIX.fold0.safetensors, PREFIX.fold1.safetensors, ... Default: none.")
      ->type_name("PREFIX");
  return {app, [options] { run(*options); }};
}

}  // namespace iresweep::cli
