// `iresweep motifs`: the bases of the surest IRES that speak most for one.
#include "host/explain/motifs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <memory>
#include <string>

#include "host/output/output_file.h"
#include "tools/cli.h"
#include "tools/common_options.h"
#include "tools/label_options.h"
#include "tools/paths.h"
#include "tools/stoppable.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kMotifsDescription =
    "Finds the short stretches that labelled IRES owe their scores to.\n\n"
    "The DeepIRES paper's procedure (Zhao et al. 2024): of all records the tenth of the highest scores, of these the "
    "true positives, of each the 10 bases whose Grad-CAM sums highest.";

constexpr const char* kMotifsFooter = R"(Examples:
  $ iresweep motifs core.fa
  $ iresweep motifs --model m.safetensors --where fold=0 --top 0.25 -o motifs.tsv ires_train.tsv

TSV columns:
  name         of the record; score: of its best window
  window_start window_stop, start, stop: the best window and the motif on the record, 1-based, end included
  motif        its bases; none of them is missing. Of neighbouring stretches with equal sums the middle one.
               Windows whose values are zero everywhere have none: they are left out and counted
  sum          of the method's values over them (`iresweep explain --help` has the methods)

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one. The file appears under its name only
  when it is complete.)";

struct MotifsOptions {
  LabelOptions labelled;
  std::string model = kBuiltinName, method = "gradcam", output, arrays;
  MotifOptions motifs;
  EngineOptions engine;
  MessageOptions messages;
};

void declare(CLI::App& app, MotifsOptions& options) {
  constexpr const char* kGroup = "What is looked for";
  MotifOptions& motifs = options.motifs;
  app.footer(kMotifsFooter);
  declare_label_options(app, options.labelled);
  app.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--method", options.method,
                 fmt::format("One of {}. Default: gradcam.", fmt::join(method_names(), ", ")))
      ->type_name("NAME")
      ->check(one_of(method_names()))
      ->group(kGroup);
  app.add_option("--length", motifs.k, "Bases of a motif. Default: 10.")
      ->type_name("K")
      ->check(whole_number(1, kWindow))
      ->group(kGroup);
  app.add_option("--top", motifs.top,
                 "Share of all records, by score, whose true positives are taken, between 0 and 1. Default: 0.1.")
      ->type_name("P")
      ->check(between_0_and_1())
      ->group(kGroup);
  app.add_option("--threshold", motifs.threshold, "A positive is a true one that scores above X. Default: 0.5.")
      ->type_name("X")
      ->check(between_0_and_1())
      ->group(kGroup);
  app.add_option("--step", motifs.step, "Distance between window starts, in bases. Default: 50.")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000'000))
      ->group(kGroup);
  app.add_option("--max-missing", motifs.max_missing,
                 "Leave out windows with more than N missing bases, 0 to 174. Default: 8.")
      ->type_name("N")
      ->check(whole_number(0, kWindow))
      ->group(kGroup);
  app.add_option("-o,--output", options.output, "A .tsv or .tsv.gz. Default: TSV on standard output.")
      ->type_name("FILE")
      ->group("Output");
  app.add_option("--arrays", options.arrays,
                 "Also write the best window of every record, for Python: a .npz of name, label, score, sequence and "
                 "attention [16], the output of the attention layer. Default: none.")
      ->type_name("FILE")
      ->group("Output");
  declare_engine_options(app, options.engine);
  declare_message_options(app, options.messages);
}

void check(const MotifsOptions& options) {
  check_label_options(options.labelled, "motifs");
  if (!is_stream(options.output) && !options.output.ends_with(".tsv") && !options.output.ends_with(".tsv.gz"))
    throw UsageError("the extension names no output format", options.output, "use .tsv or .tsv.gz");
  if (!options.arrays.empty() && !options.arrays.ends_with(".npz"))
    throw UsageError("--arrays writes a .npz", options.arrays, "name a file that ends in .npz");
  for (const std::string& output : {options.output, options.arrays})
    for (const std::string& input : options.labelled.all_files())
      if (clash(output, input)) throw UsageError("the output would overwrite an input", output, "name another output");
}

std::string table(const Motifs& found) {
  std::string text = "name\tscore\twindow_start\twindow_stop\tstart\tstop\tmotif\tsum\n";
  for (const Motif& motif : found.motifs)
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:.6g}\n", motif.name, score_of(motif.logit),
                   motif.window_start + 1, motif.window_end, motif.start + 1,
                   motif.start + std::int64_t(motif.bases.size()), motif.bases, motif.sum);
  return text;
}

/// False when stopped.
bool find_and_write(MotifsOptions& options, const std::stop_token& stop, TemporaryFiles& temporary) {
  const LabelledSet set = read_sets(options.labelled);
  const Model model = chosen_model(options.model);
  const auto engine = make_engine(model, options.engine);
  spdlog::info("device: {}", device_text(*engine));
  options.motifs.methods = methods_named({options.method});
  options.motifs.threads = std::max(engine->concurrency(), options.engine.threads);
  const auto arrays = options.arrays.empty() ? nullptr : std::make_unique<MotifArrays>(options.arrays);
  OutputFile file(options.output,
                  options.output.ends_with(".gz") ? OutputFile::Packing::bgzip : OutputFile::Packing::plain);
  for (const OutputFile* written : {&file, arrays ? &arrays->file() : nullptr})
    if (written != nullptr && written->renames()) temporary.note({written->written_path()});
  const auto found = find_motifs(*engine, model.network, set, options.motifs, stop, arrays.get());
  if (!found) return false;
  file.write(table(*found));
  if (arrays) arrays->close();
  file.commit();
  if (arrays) arrays->file().commit();
  spdlog::info(
      "{} motifs: of {} records {} have a window with few enough missing bases; {} of them have the highest "
      "scores, {} are true positives",
      found->motifs.size(), found->records, found->scored, found->considered, found->true_positives);
  if (found->without_motif > 0)
    spdlog::warn(
        "{} of the best true positives have no motif and were left out: the values of their window are zero "
        "everywhere{}",
        found->without_motif, options.motifs.max_missing > 0 ? ", or each stretch of it has a missing base" : "");
  return true;
}

int run_motifs(MotifsOptions& options) {
  set_verbosity(options.messages.verbosity());
  check(options);
  return run_stoppable(options.output, [&](const std::stop_token& stop, TemporaryFiles& temporary) {
    return find_and_write(options, stop, temporary);
  });
}

}  // namespace

Command add_motifs(CLI::App& program) {
  auto* app = program.add_subcommand("motifs", kMotifsDescription);
  const auto options = std::make_shared<MotifsOptions>();
  declare(*app, *options);
  return {app, [options](const std::string&) { return run_motifs(*options); }};
}

}  // namespace iresweep::cli
