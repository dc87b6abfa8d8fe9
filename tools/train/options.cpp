#include "tools/train/options.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/train/record.h"
#include "tools/cli.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char *kLossGroup = "What is learned", *kScheduleGroup = "How it is learned", *kColumnGroup = "Columns",
                     *kSizesGroup = "Sizes of the network (a scan can use the default only)";

/// An option whose help names its default: what `value` holds now.
template <class Value>
CLI::Option* add(CLI::App& app, const std::string& name, Value& value, const char* type, const std::string& text) {
  return app.add_option(name, value, fmt::format("{} Default: {}.", text, value))->type_name(type);
}

void add_column(CLI::App& app, const std::string& what, std::string& name, const std::string& text) {
  add(app, "--" + what + "-column", name, "NAME", text)->group(kColumnGroup);
}

void add_pair(CLI::App& app, const std::string& name, std::array<int, 2>& pair, const std::string& text) {
  app.add_option(name, pair, fmt::format("{} Default: {},{}.", text, pair[0], pair[1]))
      ->type_name("N,N")
      ->delimiter(',')
      ->group(kSizesGroup);
}

void add_shape_options(CLI::App& app, train::Shape& shape) {
  add_pair(app, "--kernels", shape.kernels, "Taps of the two convolutions side by side, 1 to 7.");
  add_pair(app, "--filters", shape.filters, "Filters of each convolution in the first and the second block.");
  add(app, "--gru-units", shape.gru_units, "N", "Units of the GRU in each direction.")->group(kSizesGroup);
}

void add_loss_options(CLI::App& app, train::FitOptions& fit) {
  add(app, "--soft-share", fit.soft_share, "X", "Share of the soft labels in the loss: 0 labels only, 1 soft only.")
      ->group(kLossGroup);
  add(app, "--soft-clamp", fit.soft_clamp, "X", "Soft labels (logits) are cut to this size.")->group(kLossGroup);
  app.add_flag("!--no-class-weights", fit.class_weights,
               "Count every row alike. Default: both classes count alike, however many rows each has.")
      ->group(kLossGroup);
  add(app, "--dropout", fit.dropout, "X", "Share of features dropped before the GRU and the output.")
      ->group(kLossGroup);
  add(app, "--average", fit.averaging, "X", "Decay of the exponential average of weights; 0 is none.")
      ->group(kLossGroup);
}

void add_schedule_options(CLI::App& app, TrainOptions& options) {
  train::FitOptions& fit = options.fit;
  const auto grouped = [](CLI::Option* option) { return option->group(kScheduleGroup); };
  grouped(add(app, "--batch", fit.batch, "N", "Rows in a batch, a multiple of 16."));
  grouped(add(app, "--epochs", fit.epochs, "N", "Most epochs."));
  grouped(add(app, "--epoch-steps", fit.epoch_steps, "N", "Batches in an epoch; 0 is one pass over the rows."));
  grouped(app.add_option("--mix", options.mix,
                         "Share of a part (column 'part') in every batch: PART=SHARE,... Default: all rows alike."))
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false);
  grouped(add(app, "--learning-rate", fit.learning_rate, "X", "Of Adam."));
  grouped(add(app, "--warmup", fit.warmup_steps, "N", "Steps until the full learning rate."));
  grouped(add(app, "--schedule", options.schedule, "KIND", "Of the learning rate: constant, cosine or plateau."))
      ->check(one_of({"constant", "cosine", "plateau"}));
  grouped(
      add(app, "--plateau-epochs", fit.plateau_epochs, "N", "plateau: epochs without gain until the rate is halved."));
  grouped(add(app, "--monitor", options.monitor, "KIND", "What makes an epoch the best: auroc or loss."))
      ->check(one_of({"auroc", "loss"}));
  grouped(add(app, "--keep", options.keep, "KIND", "Weights of which epoch: best or last."))
      ->check(one_of({"best", "last"}));
  grouped(add(app, "--patience", fit.patience, "N", "Stop after so many epochs without gain; 0 is never."));
}

}  // namespace

void add_column_options(CLI::App& app, train::Columns& columns) {
  add_column(app, "id", columns.id, "Column of the names.");
  add_column(app, "sequence", columns.sequence, "Column of the sequences, of 174 bases; see --pad.");
  add_column(app, "label", columns.label, "Column of the labels: 1, 0 or empty.");
  add_column(app, "soft", columns.soft, "Column of soft labels: logits.");
  add_column(app, "weight", columns.weight, "Column of weights in the loss; empty is 1.");
  add_column(app, "group", columns.group, "Column of groups of similar sequences, which share a fold.");
  add_column(app, "fold", columns.fold, "Column of folds, from 0; empty always trains.");
  add_column(app, "origin", columns.origin, "Column of origins, as human or virus.");
  add_column(app, "part", columns.part, "Column of the parts that --mix names.");
}

void add_train_options(CLI::App& app, TrainOptions& options) {
  app.add_option("TABLE", options.table, "Training table, tab-separated with a header line, plain or gzip.")
      ->required();
  app.add_option("--where", options.where,
                 "Only rows with this value, as origin=virus; given more than once, all must hold. Default: all rows.")
      ->type_name("COLUMN=VALUE")
      ->allow_extra_args(false);
  app.add_flag("--pad", options.pad,
               "Pad sequences shorter than 174 bases on the left, as a scan does. Default: they are an error.");
  add(app, "--architecture", options.architecture, "NAME", "full, or without parts: cnn, cnn-gru, cnn-gru-attention.");
  add_shape_options(app, options.fit.shape);
  add(app, "--seed", options.fit.seed, "N", "Of weights, order, dropout and folds.");
  add(app, "--folds", options.folds, "N", "Folds to make when the table has no column for them.")
      ->check(whole_number(2, 1000));
  app.add_option("--checkpoint", options.fit.checkpoint, "Written after every epoch. Default: none.")
      ->type_name("FILE");
  app.add_flag("--resume", options.fit.resume, "Go on from the checkpoint when it is there. Default: start anew.");
  app.add_option("--log", options.log, "Options, data and every epoch as JSON. Default: none.")->type_name("FILE");
  app.add_option("--note", options.notes,
                 "For the model's provenance: sources, licences. May be given more than once. Default: none.")
      ->type_name("KEY=TEXT")
      ->allow_extra_args(false);
  add_loss_options(app, options.fit);
  add_schedule_options(app, options);
  add_column_options(app, options.columns);
}

std::pair<std::string, std::string> split_at_equals(const std::string& text, const std::string& option) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0) throw UsageError("'" + text + "' has no '='", option, "write NAME=VALUE");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

train::Table table_of(const TrainOptions& options) {
  std::vector<train::Condition> where;
  for (const auto& text : options.where) where.push_back(split_at_equals(text, "--where"));
  return train::read_table(options.table, options.columns, where,
                           options.pad ? train::Short::padded : train::Short::refused);
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

void check_output(const TrainOptions& options, const train::FitOptions& fit) {
  if (!options.output.empty() && !train::is_published(fit.architecture, fit.shape))
    throw UsageError("only the full architecture in its own sizes can be scanned with", "--output",
                     "leave --output out; see --log");
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
