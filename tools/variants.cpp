// `iresweep variants`: variants in, the same with their effects out.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <set>
#include <utility>

#include "host/input/bgzf_file.h"
#include "host/input/file_stamps.h"
#include "host/output/scratch_file.h"
#include "host/variants/answering.h"
#include "host/variants/background.h"
#include "host/variants/tally.h"
#include "tools/cli.h"
#include "tools/progress.h"
#include "tools/stoppable.h"
#include "tools/variants_options.h"

namespace iresweep::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// A path that can be opened again and again: what can be read once only is copied first.
class Rereadable {
 public:
  Rereadable(const std::string& path, const std::string& output) : path_(path) {
    std::error_code none;
    if (path != "-" && std::filesystem::is_regular_file(path, none)) return;
    check_readable(path);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(
        path == "-" ? fdopen(dup(STDIN_FILENO), "rb") : std::fopen(path.c_str(), "rb"), std::fclose);
    if (!stream) throw Error("cannot open the file", display_name(path), "check its path and its permissions");
    std::array<std::byte, 64 * 1024> buffer;
    copy_.emplace(output);
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stream.get()))
      copy_->append(std::span(buffer).first(got));
    if (std::ferror(stream.get())) throw Error("reading failed", display_name(path), "give a file");
    path_ = copy_->path();
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::optional<ScratchFile> copy_;
};

/// One run, from its checked options to its result.
class Run {
 public:
  Run(const VariantsOptions& options, VariantFormat format)
      : options_(options),
        format_(format),
        stamps_(options.all_files()),
        model_(chosen_model(options.model)),
        threshold_(chosen_threshold(options.calling, model_, options.model)),
        rule_{threshold_.logit, options.max_missing},
        contradictions_(options.strict),
        targets_(open_targets()) {}

  /// True when done, false when stopped.
  bool run(const std::stop_token& stop, TemporaryFiles& temporary) {
    const auto engine = make_engine(model_, options_.engine);
    spdlog::info("device: {}", device_text(*engine));
    const Arbiter arbiter(model_.network, threshold_.logit);
    std::optional<Rereadable> copy;
    if (options_.substitutions > 0) copy.emplace(options_.variants, options_.output);
    const auto open = [&] {
      return VariantFile(copy ? copy->path() : options_.variants, display_name(options_.variants));
    };
    Background background;
    if (options_.substitutions > 0) {
      VariantFile file = open();
      tell_contigs(file);
      auto made = make_background(*engine, arbiter, targets_, touched_targets(file, stop),
                                  {options_.substitutions, options_.seed, rule_}, stop);
      if (!made) return false;
      background = std::move(*made);
    }
    VariantFile file = open();
    if (options_.substitutions == 0) tell_contigs(file);
    VariantWriter writer(options_.output, format_, file, header_facts(background));
    if (writer.file().renames()) temporary.note({writer.file().written_path()});
    VariantTally tally;
    const auto statistics = answer_all(*engine, arbiter, file, background, writer, tally, stop);
    if (statistics.stopped) return false;
    stamps_.check();
    tally.check_contigs(targets_.genome().names(), file.name());
    if (const auto warning = writer.commit()) spdlog::warn("{}", *warning);
    tell_end(tally, background, statistics);
    return true;
  }

 private:
  Targets open_targets() {
    auto genome = std::make_unique<Genome>(options_.genome, options_.name_until);
    for (const std::string& note : genome->notes()) spdlog::info("{}", note);
    if (!options_.annotation) return Targets(std::move(genome));
    return Targets(std::move(genome), read_gene_models(*options_.annotation, contradictions_), contradictions_);
  }

  void tell_contigs(const VariantFile& file) {
    for (const std::string& note : compare_contigs(file.contigs(), targets_.genome().names(), file.name()))
      spdlog::warn("{}", note);
  }

  std::vector<std::size_t> touched_targets(VariantFile& file, const std::stop_token& stop) {
    std::set<std::size_t> ids;
    Planner planner(targets_);
    VariantRecord record;
    while (!stop.stop_requested() && file.next(record))
      for (const Touch& touch : planner.touches(record))
        if (touch.verdict == Verdict::scored) ids.insert(touch.target->id);
    return {ids.begin(), ids.end()};
  }

  /// Nothing of it depends on threads or on the files' names.
  std::string header_facts(const Background& background) const {
    return fmt::format(
        "##iresweepVariants=version {}; model {}, weights {}; threshold {:.6g}, as logit {:.6g}; max missing {}; {} "
        "random substitutions, seed {}\n",
        IRESWEEP_VERSION, model_.name, weights_hash(model_.network), threshold_.score, threshold_.logit,
        options_.max_missing, background.size(), options_.seed);
  }

  PipelineStatistics answer_all(Engine& engine, const Arbiter& arbiter, VariantFile& file, const Background& background,
                                VariantWriter& writer, VariantTally& tally, const std::stop_token& stop) {
    const bool silent = options_.messages.no_progress || options_.messages.quiet;
    Progress progress(silent ? Progress::Style::none : Progress::style_of_stderr());
    Planner planner(targets_);
    std::atomic<double> share = -1;
    std::atomic<std::uint64_t> windows = 0;
    const auto begin = Clock::now();
    return answer(
        engine, arbiter,
        [&](DueStretches& due) -> std::optional<Question> {
          Question question;
          if (!file.next(question.record)) return std::nullopt;
          question.comparisons = planner.compare(planner.touches(question.record), due);
          for (const auto& stretch : due) windows += stretch->logits.size();
          if (file.file_size() > 0) share = double(file.file_read()) / double(file.file_size());
          return question;
        },
        [&](Question&& question) {
          std::vector<Effect> effects;
          for (const Comparison& comparison : question.comparisons) {
            effects.push_back(effect_of(comparison, rule_));
            if (effects.back().verdict == Verdict::scored)
              effects.back().percentile = background.percentile(effects.back().change());
          }
          tally.add(question.record, effects);
          writer.write(question.record, effects);
          const std::chrono::duration<double> time = Clock::now() - begin;
          progress.update({time.count(), windows, windows, share});
        },
        stop);
  }

  void tell_end(const VariantTally& tally, const Background& background, const PipelineStatistics& statistics) const {
    for (const std::string& note : contradictions_.notes()) spdlog::warn("{}", note);
    for (const std::string& note : tally.notes()) spdlog::warn("{}", note);
    if (background.size() < options_.substitutions && tally.scored() > 0)
      spdlog::warn("only {} random substitutions were found, of {}: percentiles are coarse", background.size(),
                   options_.substitutions);
    spdlog::debug("busy: planning {:.2f} s, scoring {:.2f} s, writing {:.2f} s", statistics.fill, statistics.score,
                  statistics.take);
    if (options_.messages.quiet) return;
    fmt::print(stderr,
               "{} records, {} alleles; scored {} times, on {}: {} hits gained, {} lost, {} kept\n"
               "{} windows in {:.2f} s, {:.0f} windows/s; threshold: score {:.6g}\n",
               tally.records(), tally.alleles(), tally.scored(),
               options_.annotation ? "transcripts" : "strands of contigs", tally.count(HitChange::gained),
               tally.count(HitChange::lost), tally.count(HitChange::kept), statistics.windows, statistics.wall,
               statistics.wall > 0 ? double(statistics.windows) / statistics.wall : 0, threshold_.score);
  }

  const VariantsOptions& options_;
  const VariantFormat format_;
  const FileStamps stamps_;  ///< before anything is read
  const Model model_;
  const RunSummary::Threshold threshold_;
  const CallRule rule_;
  Contradictions contradictions_;
  Targets targets_;
};

int run_variants(const VariantsOptions& options) {
  set_verbosity(options.messages.verbosity());
  const VariantFormat format = check_variants_options(options);
  return run_stoppable(options.output, [&](const std::stop_token& stop, TemporaryFiles& temporary) {
    return Run(options, format).run(stop, temporary);
  });
}

}  // namespace

Command add_variants(CLI::App& program) {
  auto* app = program.add_subcommand("variants");
  const auto options = std::make_shared<VariantsOptions>();
  declare_variants_options(*app, *options);
  return {app, [options](const std::string&) { return run_variants(*options); }};
}

}  // namespace iresweep::cli
