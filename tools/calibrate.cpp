// `iresweep model calibrate`: a null table for any model.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/calibrate/calibration.h"
#include "host/calibrate/calibration_report.h"
#include "host/input/fasta_source.h"
#include "host/input/file_stamps.h"
#include "host/output/output_file.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/cli.h"
#include "tools/common_options.h"
#include "tools/paths.h"
#include "tools/progress.h"
#include "tools/stop_signals.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kCalibrateDescription =
    "Makes a model's null table: how often windows of dinucleotide-shuffled transcripts reach a score.\n\n"
    "Every transcript is shuffled as often as gives --windows windows; each shuffle has the same count of every "
    "dinucleotide, and all such shuffles are equally likely (Altschul and Erickson 1985). From the table a scan takes "
    "its default threshold and every p.";

constexpr const char* kCalibrateFooter = R"(Examples:
  $ iresweep model calibrate --model deepires/first -o first.safetensors transcripts.fa.gz
  $ iresweep model calibrate --model m.safetensors -o m.safetensors --summary rates.json transcripts.fa.gz

What is counted:
  Windows without missing bases. Transcripts are cut at their missing bases (N and the like) and after
  1,048,576 bases; the parts are shuffled by themselves, those shorter than a window are left out.

What is told:
  How many windows score above 0.5, and above the default threshold (what 0.1% of the shuffled windows
  reach): shuffled, as they are, and reverse-complemented. The same by U content, since the score follows
  it: a p of the table is right on average, not for sequences of unusual composition. The result does
  not depend on threads or batches.

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one. Files appear under their names only
  when they are complete.)";

struct CalibrateOptions {
  std::vector<std::string> transcripts;
  std::string model = kBuiltinName, output, summary;
  std::uint64_t windows = 10'000'000, seed = 1;
  std::optional<int> step;
  EngineOptions engine;
  MessageOptions messages;
};

void declare(CLI::App& app, CalibrateOptions& options) {
  app.footer(kCalibrateFooter);
  app.add_option("TRANSCRIPTS", options.transcripts,
                 "FASTA files of transcripts, plain, gzip or bgzip. They are read twice, so not standard input.")
      ->required();
  app.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
      ->type_name("FILE");
  app.add_option("-o,--output", options.output,
                 "The model with its null table, *.safetensors; may be the file that --model names.")
      ->type_name("FILE")
      ->required();
  app.add_option("--summary", options.summary, "Also write rates, counts and inputs as JSON. Default: none.")
      ->type_name("FILE");
  app.add_option("--windows", options.windows,
                 "Least number of shuffled windows; no p can be below one in so many. Default: 10000000.")
      ->type_name("N")
      ->check(whole_number(10'000, 4'000'000'000));
  app.add_option("--seed", options.seed, "Another number gives other shuffles. Default: 1.")->type_name("N");
  app.add_option("--step", options.step, "Distance between window starts, in bases. Default: the model's, 50.")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000'000));
  declare_engine_options(app, options.engine);
  declare_message_options(app, options.messages);
}

void check(const CalibrateOptions& options) {
  if (!options.output.ends_with(".safetensors"))
    throw UsageError("the extension names no model format", options.output, "name a *.safetensors file");
  if (options.summary == "-")
    throw UsageError("--summary needs a file of its own", "'-'", "standard output is for the text; name a file");
  if (clash(options.summary, options.output) || clash(options.summary, options.model))
    throw UsageError("--summary names the file of a model", options.summary, "name another file");
  for (const std::string& input : options.transcripts) {
    if (is_stream(input))
      throw UsageError("the transcripts are read twice, and standard input cannot be", "TRANSCRIPTS '-'",
                       "write them to a file first");
    for (const std::string& output : {options.output, options.summary})
      if (clash(output, input)) throw UsageError("the output would overwrite an input", output, "name another output");
  }
}

/// Nothing when stopped.
std::optional<Calibration> run(const CalibrateOptions& options, const Model& model, const std::stop_token& stop) {
  const auto engine = make_engine(model, options.engine);
  spdlog::info("device: {}", device_text(*engine));
  const bool silent = options.messages.no_progress || options.messages.quiet;
  Progress progress(silent ? Progress::Style::none : Progress::style_of_stderr());
  CalibrationOptions calibration;
  calibration.windows = options.windows;
  calibration.seed = options.seed;
  calibration.step = options.step.value_or(model.step);
  const auto begin = std::chrono::steady_clock::now();
  calibration.progress = [&](std::uint64_t done, std::uint64_t all) {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    progress.update({.seconds = time.count(),
                     .windows = done,
                     .bases = done * std::uint64_t(calibration.step),
                     .share = all > 0 ? double(done) / double(all) : -1});
  };
  return calibrate(
      *engine, [&] { return open_fasta(options.transcripts); }, calibration, stop);
}

int run_calibrate(const CalibrateOptions& options) {
  set_verbosity(options.messages.verbosity());
  check(options);
  StopSignals signals([&](int signal) { tell_stopped(signal, options.output); });
  const FileStamps stamps(options.transcripts);
  Model model = chosen_model(options.model);
  const auto result = run(options, model, signals.token());
  if (!result) {
    tell_stopped(signals.caught(), options.output);
    return kSignalled + signals.caught();
  }
  stamps.check();
  const std::string hash = weights_hash(model.network), name = model.name;
  model.null_table = result->null_table;
  for (const auto& [key, text] : calibration_provenance(*result)) model.provenance[key] = text;
  save_model(model, options.output);
  if (!options.summary.empty()) {
    OutputFile summary(options.summary, OutputFile::Packing::plain);
    summary.write(calibration_json(*result, name, hash));
    summary.commit();
  }
  print(calibration_text(*result));
  return kDone;
}

}  // namespace

Command add_calibrate(CLI::App& model) {
  auto* app = model.add_subcommand("calibrate", kCalibrateDescription);
  const auto options = std::make_shared<CalibrateOptions>();
  declare(*app, *options);
  return {app, [options](const std::string&) { return run_calibrate(*options); }};
}

}  // namespace iresweep::cli
