// `iresweep model`: show and convert; calibrate has a file of its own.
#include "iresweep/model.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "tools/cli.h"
#include "tools/common_options.h"

namespace iresweep::cli {
namespace {

constexpr const char* kModelDescription =
    "Shows what is in a model, converts it to iresweep's own format, or makes its null table.";
constexpr const char* kShowDescription =
    "Shows what is in a model: what it learned from, by which recipe, how good it is, its null table.";
constexpr const char* kConvertDescription =
    "Writes a model as *.safetensors, iresweep's own format. Weights stay as they are, to the bit.";
constexpr const char* kExitCodes = "\n\nExit codes:\n  0 done; 1 failed, e.g. no such model; 2 wrong usage.";

std::size_t weights(const Model& model) {
  std::size_t count = 0;
  for (const auto& tensor : tensors(model.network)) count += tensor.values.size();
  return count;
}

/// Score to threshold on, for a few null rates; those that the table does not reach are left out.
std::map<std::string, float> thresholds(const NullTable& table) {
  std::map<std::string, float> scores;
  for (const double rate : {0.01, 0.001, 0.0001}) try {
      scores[fmt::format("{}", rate)] = score_of(table.logit_at(rate));
    } catch (const Error&) {
      break;
    }
  return scores;
}

std::string as_json(const Model& model, std::string_view card) {
  nlohmann::ordered_json json;
  json["name"] = model.name;
  json["window"] = model.window;
  json["step"] = model.step;
  json["weights"] = weights(model);
  json["hash"] = weights_hash(model.network);
  json["null_table"] = nullptr;
  if (const auto& table = model.null_table)
    json["null_table"] = {
        {"windows", table->windows}, {"entries", table->logit.size()}, {"score_at_null_rate", thresholds(*table)}};
  json["provenance"] = model.provenance;
  if (!card.empty()) json["card"] = card;
  return json.dump(2) + "\n";
}

std::string as_text(const Model& model, std::string_view card) {
  std::string text;
  const auto line = [&text](std::string_view key, const std::string& value) {
    text += fmt::format("{:<16} {}\n", key, value);
  };
  line("name", model.name);
  line("window", fmt::format("{} bases", model.window));
  line("step", fmt::format("{} bases", model.step));
  line("weights", std::to_string(weights(model)));
  line("hash", weights_hash(model.network));
  if (const auto& table = model.null_table) {
    line("null table", fmt::format("{} windows, {} entries", table->windows, table->logit.size()));
    for (const auto& [rate, score] : thresholds(*table))
      text += fmt::format("  --null-rate {:<7} calls windows above {:.4f}\n", rate, score);
  } else {
    line("null table", "none: the default threshold is 0.5 and p is '.'");
  }
  for (const auto& [key, value] : model.provenance) line(key, value);
  return card.empty() ? text : fmt::format("{}\n{}", text, card);
}

struct ModelOptions {
  std::string shown = kBuiltinName, converted, output;
  bool json = false;
};

int show(const ModelOptions& options) {
  const Model model = chosen_model(options.shown);
  const std::string_view card = options.shown == kBuiltinName ? builtin_card() : "";
  print(options.json ? as_json(model, card) : as_text(model, card));
  return kDone;
}

int convert(const ModelOptions& options) {
  if (!options.output.ends_with(".safetensors"))
    throw UsageError("the extension names no model format", options.output, "name a *.safetensors file");
  save_model(chosen_model(options.converted), options.output);
  return kDone;
}

}  // namespace

Command add_model(CLI::App& program) {
  auto* app = program.add_subcommand("model", kModelDescription)->require_subcommand(1);
  app->footer(std::string("Examples:\n  $ iresweep model show\n"
                          "  $ iresweep model show --json m.safetensors\n"
                          "  $ iresweep model convert deepires/first first.safetensors") +
              kExitCodes);
  const auto options = std::make_shared<ModelOptions>();

  auto* showing = app->add_subcommand("show", kShowDescription);
  showing->add_option("MODEL", options->shown, fmt::format("{} Default: built-in, with its card.", kModelForms));
  showing->add_flag("--json", options->json, "As JSON. Default: as text.");
  showing->footer(std::string("Examples:\n  $ iresweep model show\n  $ iresweep model show m.safetensors\n"
                              "  $ iresweep model show deepires/first --json") +
                  kExitCodes);

  auto* converting = app->add_subcommand("convert", kConvertDescription);
  converting->add_option("MODEL", options->converted, kModelForms)->required();
  converting->add_option("OUT", options->output, "The *.safetensors file to write; replaced when it exists.")
      ->required();
  converting->footer(std::string("Examples:\n  $ iresweep model convert deepires/first first.safetensors") +
                     kExitCodes);

  const Command calibrating = add_calibrate(*app);
  return {app, [=](const std::string& command_line) {
            if (calibrating.app->parsed()) return calibrating.run(command_line);
            return showing->parsed() ? show(*options) : convert(*options);
          }};
}

}  // namespace iresweep::cli
