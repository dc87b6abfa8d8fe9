// `iresweep explain`: which bases a score comes from.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "host/explain/explainer.h"
#include "host/input/fasta_contigs.h"
#include "host/input/file_stamps.h"
#include "host/input/genome/bed_source.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "tools/cli.h"
#include "tools/explain_options.h"
#include "tools/progress.h"
#include "tools/stoppable.h"

namespace iresweep::cli {
namespace {

std::unique_ptr<SequenceSource> open_source(const ExplainOptions& options, int threads) {
  if (options.genome.empty()) return open_fasta(options.inputs, {.threads = threads, .name_until = options.name_until});
  auto genome = std::make_unique<Genome>(options.genome, options.name_until);
  for (const std::string& note : genome->notes()) spdlog::info("{}", note);
  return std::make_unique<BedSource>(std::move(genome), options.inputs.front(), options.row_part());
}

/// For the tracks: a bigWig begins with the sizes of all contigs.
std::vector<Contig> contigs_for_tracks(const ExplainOptions& options, const SequenceSource& source, int threads) {
  auto contigs = source.contigs();
  if (!contigs.empty() || options.track.empty() || options.track_format() != TrackFormat::bigwig) return contigs;
  return read_contigs(options.inputs, {.threads = threads, .name_until = options.name_until});
}

void tell_end(const ExplainOptions& options, const ChooserCounts& counts, std::uint64_t explained, double seconds) {
  spdlog::info("{} windows of {} records explained in {:.1f} s", explained, counts.records, seconds);
  if (counts.missing > 0)
    spdlog::warn("{} of {} windows have more than {} missing bases (N, or padding of short records) and were left out",
                 counts.missing, counts.windows, options.max_missing);
  if (counts.without_window > 0) spdlog::warn("{} records have no window to explain", counts.without_window);
}

/// What the page tells about the run.
PageFacts facts_of(const ExplainOptions& options, const Model& model, const std::string& command_line) {
  PageFacts facts{{"program", fmt::format("iresweep {}", IRESWEEP_VERSION)}, {"command", command_line}};
  for (const std::string& input : options.inputs) facts.emplace_back("input", input);
  for (const std::string& genome : options.genome) facts.emplace_back("genome", genome);
  facts.emplace_back("model", fmt::format("{}, weights {}", model.name, weights_hash(model.network)));
  facts.emplace_back("windows", fmt::format("{} bases, one every {}; at most {} missing bases", kWindow, options.step,
                                            options.max_missing));
  return facts;
}

/// True when done, false when stopped.
bool explain(const ExplainOptions& options, ExplanationFileOptions files, const std::string& command_line,
             const std::stop_token& stop, TemporaryFiles& temporary) {
  std::vector<std::string> inputs = options.inputs;
  inputs.insert(inputs.end(), options.genome.begin(), options.genome.end());
  const FileStamps stamps(inputs);
  const Model model = chosen_model(options.model);
  const auto engine = make_engine(model, options.engine);
  spdlog::info("device: {}", device_text(*engine));
  const int threads = reader_threads(*engine, options.engine);
  const auto source = open_source(options, threads);
  const Methods methods = options.methods();
  files.facts = facts_of(options, model, command_line);
  ExplanationFiles sink(files, methods, contigs_for_tracks(options, *source, threads));
  temporary.note(sink.temporary_paths());

  const Arbiter arbiter(model.network, std::nullopt);
  Tiler tiler(*source, {.step = options.step, .plus = true, .minus = false});
  Explainer explainer(*engine, model.network,
                      {methods.attribution(), methods.mutagenesis, methods.deletion,
                       std::max(engine->concurrency(), options.engine.threads)},
                      sink, stop);
  WindowChooser chooser(
      options.choice(), options.max_missing, arbiter, [&](ChosenWindow window) { explainer.take(std::move(window)); },
      !options.html.empty());
  const bool silent = options.messages.no_progress || options.messages.quiet;
  Progress progress(silent ? Progress::Style::none : Progress::style_of_stderr());
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  const auto statistics =
      run_pipeline(*engine,
                   {.fill = [&](Job& job) { return tiler.fill(job); },
                    .score = [&](Job& job) { engine->score(*job.batch); },
                    .take =
                        [&](const Job& job) {
                          chooser.take(job);
                          progress.update({seconds(), explainer.explained(), explainer.explained() * kWindow, -1});
                        }},
                   stop);
  if (statistics.stopped) return false;
  chooser.finish();
  explainer.finish();
  if (stop.stop_requested()) return false;
  progress.clear();
  // A scan without hits is no fault.
  if (explainer.explained() == 0 && chooser.counts().records > 0)
    throw Error("there is no window to explain", options.inputs.front(),
                fmt::format("give sequences of {} bases or more, with at most {} missing ones (--max-missing)", kWindow,
                            options.max_missing));
  stamps.check();
  sink.commit();
  tell_end(options, chooser.counts(), explainer.explained(), seconds());
  return true;
}

int run_explain(const ExplainOptions& options, const std::string& command_line) {
  set_verbosity(options.messages.verbosity());
  const ExplanationFileOptions files = check_explain_options(options);
  return run_stoppable(options.output, [&](const std::stop_token& stop, TemporaryFiles& temporary) {
    return explain(options, files, command_line, stop, temporary);
  });
}

}  // namespace

Command add_explain(CLI::App& program) {
  auto* app = program.add_subcommand("explain");
  const auto options = std::make_shared<ExplainOptions>();
  declare_explain_options(*app, *options);
  return {app, [options](const std::string& command_line) { return run_explain(*options, command_line); }};
}

}  // namespace iresweep::cli
