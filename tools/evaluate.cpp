// `iresweep evaluate`: how good models are on labelled sequences.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/evaluate/curves.h"
#include "host/evaluate/evaluation.h"
#include "host/evaluate/evaluation_report.h"
#include "host/output/output_file.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli.h"
#include "tools/evaluate_options.h"
#include "tools/stop_signals.h"

namespace iresweep::cli {
namespace {

/// Names are what is typed where the files' own names do not tell the models apart.
std::vector<Model> load_models(const std::vector<std::string>& paths) {
  std::vector<Model> models;
  bool repeat = false;
  for (const std::string& path : paths) {
    models.push_back(chosen_model(path));
    for (std::size_t i = 0; i + 1 < models.size(); ++i) repeat = repeat || models[i].name == models.back().name;
  }
  for (std::size_t i = 0; repeat && i < paths.size(); ++i) models[i].name = paths[i];
  return models;
}

/// All files or none: each is complete on the disk before the first gets its name.
void write_files(const EvaluateOptions& options, const Evaluation& result, Columns columns) {
  std::vector<std::unique_ptr<OutputFile>> files;
  const auto write = [&](const std::string& path, const std::string& text) {
    files.push_back(std::make_unique<OutputFile>(path, OutputFile::Packing::plain));
    files.back()->write(text);
    files.back()->close();
  };
  if (!options.json.empty()) write(options.json, evaluation_json(result, columns, IRESWEEP_VERSION));
  if (!options.curves.empty()) {
    write(options.curves + kRocSuffix, roc_svg(result, columns));
    write(options.curves + kPrecisionRecallSuffix, precision_recall_svg(result, columns));
  }
  for (const auto& file : files) file->commit();
}

int run_evaluate(const EvaluateOptions& options) {
  set_verbosity(options.messages.verbosity());
  check_evaluate_options(options);
  const std::string output = options.json.empty() ? options.curves : options.json;
  StopSignals signals([&](int signal) { tell_stopped(signal, output); });
  const LabelledSet set = read_sets(options.labelled);
  const std::vector<Model> models = load_models(options.models);
  const MakeEngine make = [&](const Model& model) {
    auto engine = make_engine(model, options.engine);
    spdlog::info("scoring with {} on {}", model.name, device_text(*engine));
    return engine;
  };
  const auto result = evaluate(set, models, make, options.evaluation, signals.token());
  if (!result) {
    tell_stopped(signals.caught(), output);
    return kSignalled + signals.caught();
  }
  const Columns columns = options.folds ? Columns::folds : Columns::models;
  write_files(options, *result, columns);
  print(evaluation_text(*result, columns));
  return kDone;
}

}  // namespace

Command add_evaluate(CLI::App& program) {
  auto* app = program.add_subcommand("evaluate");
  const auto options = std::make_shared<EvaluateOptions>();
  declare_evaluate_options(*app, *options);
  return {app, [options](const std::string&) { return run_evaluate(*options); }};
}

}  // namespace iresweep::cli
