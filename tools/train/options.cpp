#include "tools/train/options.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/train/record.h"
#include "tools/cli.h"

namespace iresweep::cli {
namespace {

void add_column(CLI::App& app, const std::string& what, std::string& name) {
  app.add_option("--" + what + "-column", name, "name of this column")->capture_default_str()->group("Columns");
}

void add_loss_options(CLI::App& app, train::FitOptions& fit) {
  app.add_option("--soft-share", fit.soft_share, "share of the soft labels in the loss: 0 labels only, 1 soft only")
      ->capture_default_str();
  app.add_option("--soft-clamp", fit.soft_clamp, "soft labels (logits) are cut to this size")->capture_default_str();
  app.add_flag("!--no-class-weights", fit.class_weights, "count every row alike, not both classes");
  app.add_option("--dropout", fit.dropout, "share of features dropped before the GRU and the output")
      ->capture_default_str();
  app.add_option("--average", fit.averaging, "decay of the exponential average of weights; 0: none")
      ->capture_default_str();
}

void add_schedule_options(CLI::App& app, TrainOptions& options) {
  train::FitOptions& fit = options.fit;
  app.add_option("--batch", fit.batch, "rows in a batch, a multiple of 16")->capture_default_str();
  app.add_option("--epochs", fit.epochs, "most epochs")->capture_default_str();
  app.add_option("--epoch-steps", fit.epoch_steps, "batches in an epoch; 0: one pass over the rows")
      ->capture_default_str();
  app.add_option("--mix", options.mix, "share of a part in every batch, PART=SHARE; default: all rows alike")
      ->delimiter(',');
  app.add_option("--learning-rate", fit.learning_rate, "of Adam")->capture_default_str();
  app.add_option("--warmup", fit.warmup_steps, "steps until the full learning rate")->capture_default_str();
  app.add_option("--schedule", options.schedule, "of the learning rate")
      ->check(CLI::IsMember({"constant", "cosine", "plateau"}))
      ->capture_default_str();
  app.add_option("--plateau-epochs", fit.plateau_epochs, "plateau: epochs without gain until the rate is halved")
      ->capture_default_str();
  app.add_option("--monitor", options.monitor, "what makes an epoch the best")
      ->check(CLI::IsMember({"auroc", "loss"}))
      ->capture_default_str();
  app.add_option("--keep", options.keep, "weights of which epoch")
      ->check(CLI::IsMember({"best", "last"}))
      ->capture_default_str();
  app.add_option("--patience", fit.patience, "stop after so many epochs without gain; 0: never")->capture_default_str();
}

}  // namespace

void add_column_options(CLI::App& app, train::Columns& columns) {
  add_column(app, "id", columns.id);
  add_column(app, "sequence", columns.sequence);
  add_column(app, "label", columns.label);
  add_column(app, "soft", columns.soft);
  add_column(app, "weight", columns.weight);
  add_column(app, "group", columns.group);
  add_column(app, "fold", columns.fold);
  add_column(app, "origin", columns.origin);
  add_column(app, "part", columns.part);
}

void add_train_options(CLI::App& app, TrainOptions& options) {
  app.add_option("TABLE", options.table, "training table, tab-separated with a header line; .gz is read too")
      ->required();
  app.add_option("--where", options.where, "only rows with this value: COLUMN=VALUE, as origin=virus");
  add_column_options(app, options.columns);
  app.add_option("--architecture", options.architecture, "full, or without parts: cnn, cnn-gru, cnn-gru-attention")
      ->capture_default_str();
  app.add_option("--seed", options.fit.seed, "of weights, order, dropout and folds")->capture_default_str();
  app.add_option("--folds", options.folds, "folds to make when the table has no column for them")
      ->capture_default_str();
  add_loss_options(app, options.fit);
  add_schedule_options(app, options);
  app.add_option("--checkpoint", options.fit.checkpoint, "written after every epoch");
  app.add_flag("--resume", options.fit.resume, "go on from the checkpoint when it is there");
  app.add_option("--log", options.log, "JSON: options, data, every epoch");
  app.add_option("--note", options.notes, "KEY=TEXT for the model's provenance: sources, licences");
}

std::pair<std::string, std::string> split_at_equals(const std::string& text, const std::string& option) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0) throw UsageError("'" + text + "' has no '='", option, "write NAME=VALUE");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

train::Table table_of(const TrainOptions& options) {
  std::vector<train::Condition> where;
  for (const auto& text : options.where) where.push_back(split_at_equals(text, "--where"));
  return train::read_table(options.table, options.columns, where);
}

train::FitOptions fit_options_of(const TrainOptions& options) {
  train::FitOptions fit = options.fit;
  fit.architecture = train::architecture_of(options.architecture);
  fit.schedule = options.schedule == "constant" ? train::Schedule::constant
                 : options.schedule == "cosine" ? train::Schedule::cosine
                                                : train::Schedule::plateau;
  fit.monitor = options.monitor == "auroc" ? train::Monitor::auroc : train::Monitor::loss;
  fit.keep_best = options.keep == "best";
  for (const auto& text : options.mix) {
    const auto [part, share] = split_at_equals(text, "--mix");
    char* end = nullptr;
    fit.mix[part] = std::strtod(share.c_str(), &end);
    if (share.empty() || *end != '\0' || !(fit.mix[part] > 0))
      throw UsageError("'" + share + "' is not a share", "--mix", "write PART=0.35");
  }
  train::check_options(fit);
  return fit;
}

Model model_of(const train::Fitted& fitted, const train::Table& table, const train::Split& split,
               const TrainOptions& options, const std::string& path) {
  Model model;
  model.name = std::filesystem::path(path).filename();
  model.network = fitted.network.network();
  model.provenance["trained_by"] = "iresweep-train";
  model.provenance["data"] = train::json_of(table, split).dump();
  model.provenance["recipe"] = train::json_of(fit_options_of(options)).dump();
  model.provenance["kept_epoch"] = std::to_string(fitted.kept_epoch);
  if (fitted.kept_epoch > 0)
    if (const auto& quality = fitted.epochs[std::size_t(fitted.kept_epoch) - 1].validation)
      model.provenance["validation"] = train::json_of(*quality).dump();
  for (const auto& note : options.notes) {
    const auto [key, text] = split_at_equals(note, "--note");
    model.provenance[key] = text;
  }
  return model;
}

void report_epoch(const train::Epoch& epoch) {
  std::string line = fmt::format("epoch {}: loss {:.4f}", epoch.number, epoch.training_loss);
  if (const auto& quality = epoch.validation) {
    line += fmt::format(", validation loss {:.4f}", quality->loss);
    if (quality->auroc) line += fmt::format(", AUROC {:.4f}", *quality->auroc);
    if (quality->soft_error) line += fmt::format(", soft-label error {:.4f}", *quality->soft_error);
    if (quality->soft_correlation) line += fmt::format(", correlation {:.4f}", *quality->soft_correlation);
    if (epoch.best) line += " *";
  }
  spdlog::info(line);
}

}  // namespace iresweep::cli
