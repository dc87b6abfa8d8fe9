// `iresweep scan`: files in, hits out. Every step of it lies in host/; here they are put together.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <limits>
#include <memory>
#include <vector>

#include "host/engine/device_clock.h"
#include "host/input/file_stamps.h"
#include "host/journal/known_scores.h"
#include "host/journal/recall.h"
#include "host/journal/shard.h"
#include "host/measure/peak_memory.h"
#include "host/output/hit_writer.h"
#include "host/output/run_summary.h"
#include "host/scan/arbiter.h"
#include "host/scan/caller.h"
#include "host/scan/loci.h"
#include "host/scan/pipeline.h"
#include "host/scan/read_loci.h"
#include "host/scan/tiler.h"
#include "iresweep/engine.h"
#include "iresweep/model.h"
#include "tools/busy_text.h"
#include "tools/cli.h"
#include "tools/report_page.h"
#include "tools/run_facts.h"
#include "tools/scan_journal.h"
#include "tools/scan_options.h"
#include "tools/scan_run.h"
#include "tools/scan_stages.h"
#include "tools/stoppable.h"
#include "tools/threshold.h"
#include "tools/track_options.h"

namespace iresweep::cli {
namespace {

/// Which windows are called; nothing for a `best` report that asks for no threshold.
std::optional<RunSummary::Threshold> wanted_threshold(const ScanOptions& options, const Model& model) {
  if (options.report() == Report::best && !options.calling.given()) return std::nullopt;
  return chosen_threshold(options.calling, model, options.model);
}

/// For places that are counted only.
struct Nowhere : HitSink {
  void write(const Hit&) override {}
};

/// One run, from its checked options to its result.
class Scan {
 public:
  explicit Scan(const ScanRequest& request)
      : request_(request),
        options_(request.options),
        model_(chosen_model(options_.model)),
        threshold_(wanted_threshold(options_, model_)) {}

  /// True when done, false when stopped.
  bool run(OutputFormat format, const std::stop_token& stop,
           const std::function<void(const std::string&)>& note_temporary) {
    ScanJournal journal(options_, request_.parts);
    if (const auto lock = journal.mere_lock()) note_temporary(*lock);
    const auto engine = engine_or_parts();
    stamps_.emplace(options_.input.all_files());
    OpenInput input(options_.input, reader_threads(*engine, options_.engine), options_.plus() && options_.minus());
    Tiler tiler(input.source(), tiler_options());
    tell_begin(*engine);
    journal.begin(facts(*engine));
    began_ = true;

    const double limit = threshold_ ? threshold_->logit : std::numeric_limits<double>::infinity();
    const Arbiter arbiter(model_.network, threshold_ ? std::optional(limit) : std::nullopt);
    HitWriter writer({options_.output, format, options_.report(), options_.plus() && options_.minus(), input.records(),
                      options_.order(), input.source().contigs(), options_.track_line});
    if (writer.file().renames()) note_temporary(writer.file().written_path());
    const auto track = open_track(options_, input.source(), input.records());
    if (track)
      for (const std::string& path : track->temporary_paths()) note_temporary(path);
    std::unique_ptr<ReportPage> page;
    if (!options_.html_report.empty()) {
      page = std::make_unique<ReportPage>(
          options_.html_report, threshold_ ? *threshold_ : chosen_threshold(options_.calling, model_, options_.model),
          options_.max_missing, locus_rules(input), arbiter);
      if (page->file().renames()) note_temporary(page->file().written_path());
    }
    std::optional<OutputFile> summary_file;
    if (!options_.summary.empty()) {
      summary_file.emplace(options_.summary, OutputFile::Packing::plain);
      if (summary_file->renames()) note_temporary(summary_file->written_path());
    }
    // Regions become the rows of places; where something else is reported, places are only counted.
    const bool of_regions = options_.report() == Report::regions;
    Nowhere nowhere;
    HitSink& rows = of_regions ? static_cast<HitSink&>(writer) : nowhere;
    Loci loci({.collapse = options_.collapse, .ascending = input.by_place(), .tells_genes = input.tells_genes()},
              arbiter, rows);
    ReadLoci read_loci(min_reads(), arbiter, rows);
    HitSink* const places = has_read_loci(input.records()) ? static_cast<HitSink*>(&read_loci)
                            : has_loci(input.records())    ? static_cast<HitSink*>(&loci)
                                                           : nullptr;
    Caller caller({.report = options_.report(),
                   .threshold_logit = limit,
                   .max_missing = options_.max_missing,
                   .both_strands = options_.plus() && options_.minus(),
                   .null_table = model_.null_table,
                   .shows_steps = format.kind == OutputFormat::Kind::bed},
                  arbiter, places && of_regions ? *places : writer, of_regions ? nullptr : places);

    const JobUses uses{.score =
                           [&](Job& job) {
                             arbiter.settle(job);
                             caller.foresee(job);
                           },
                       .take =
                           [&](const Job& job) {
                             caller.take(job);
                             if (track) track->take(job);
                             if (page) page->take(job);
                           }};
    const auto statistics = run_stages(options_, *engine, input.source(), tiler, journal, uses, stop);
    if (statistics.stopped) return false;
    caller.finish();
    loci.finish();
    read_loci.finish();
    check_inputs();
    if (track) track->close();
    if (const auto warning = writer.commit()) spdlog::warn("{}", *warning);
    if (track) track->commit();
    input.set_short_features(tiler.counts().short_features);
    input.tell_left_out();
    const RunSummary summary =
        summarize(*engine, input, place_counts(caller.counts(), input.records(), loci, read_loci), statistics,
                  journal.recalled(), tiler.counts().outside);
    if (page) page->write(summary, model_.null_table);
    if (summary_file) write_summary(summary, *summary_file);
    if (!options_.messages.quiet) fmt::print(stderr, "{}", closing_lines(summary));
    journal.end();
    return true;
  }

  /// Of a shard: the scores alone. The same.
  bool run_shard(const std::stop_token& stop) {
    const Shard shard = *options_.shard();
    ScanJournal journal(options_);
    const auto engine = make_engine(model_, options_.engine);
    if (journal.finished(shard_facts(*engine))) {
      spdlog::info("{} is finished: nothing is left to do", options_.output);
      return true;
    }
    stamps_.emplace(options_.input.all_files());
    const WindowCounts windows = count(*engine, stop);
    if (stop.stop_requested()) return false;
    const StrandRanges ranges = ranges_of(shard, windows);
    // What there is to say of the input was said when its windows were counted.
    spdlog::set_level(spdlog::level::err);
    OpenInput input(options_.input, reader_threads(*engine, options_.engine), options_.plus() && options_.minus());
    set_verbosity(options_.messages.verbosity());
    Tiler tiler(input.source(), tiler_options());
    tell_begin(*engine);
    spdlog::info("part {} of {}: {} of {} windows", shard.number, shard.of,
                 ranges[0].end - ranges[0].begin + ranges[1].end - ranges[1].begin, windows[0] + windows[1]);
    RunFacts facts = shard_facts(*engine);
    facts[kWindowsFact] = windows_fact(windows);
    facts[kFolderFact] = std::filesystem::current_path().string();
    journal.begin(facts, ranges);
    began_ = true;

    const Arbiter arbiter(model_.network, threshold_ ? std::optional(threshold_->logit) : std::nullopt);
    const JobUses uses{.score = [&](Job& job) { arbiter.settle(job); }, .take = [](const Job&) {}};
    const auto statistics = run_stages(options_, *engine, input.source(), tiler, journal, uses, stop);
    if (statistics.stopped) return false;
    check_inputs();
    journal.end_part();
    spdlog::info("{} is finished, in {:.2f} s", options_.output, statistics.wall);
    return true;
  }

  /// Throws Error where an input or a part was changed since the run began.
  void check_inputs() const {
    if (stamps_) stamps_->check();
    if (request_.parts) request_.parts->check_unchanged();
  }

  /// Whether it got as far as its journal.
  bool began() const { return began_; }

 private:
  // Circles of a gene are no isoforms of each other.
  bool has_loci(RecordKind records) const { return records == RecordKind::transcripts && !options_.input.circular; }
  bool has_read_loci(RecordKind records) const { return records == RecordKind::reads; }

  std::uint64_t min_reads() const { return std::uint64_t(options_.input.alignments.min_reads.value_or(1)); }

  LocusRules locus_rules(const OpenInput& input) const {
    return {.records = input.records(),
            .by_place = input.by_place(),
            .tells_genes = input.tells_genes(),
            .min_reads = min_reads()};
  }

  // Places on the genome, not regions of records, where these are known.
  CallCounts place_counts(CallCounts counts, RecordKind records, const Loci& loci, const ReadLoci& read_loci) const {
    const bool of_regions = options_.report() == Report::regions;
    if (has_loci(records)) {
      counts.loci = loci.count();
      if (of_regions) counts.rows = loci.rows();
    }
    if (has_read_loci(records)) {
      counts.loci = read_loci.count();
      if (of_regions) counts.rows = read_loci.rows();
    }
    return counts;
  }

  TilerOptions tiler_options() const {
    return {.step = options_.step, .plus = options_.plus(), .minus = options_.minus()};
  }

  std::unique_ptr<Engine> engine_or_parts() const {
    if (!request_.parts) return make_engine(model_, options_.engine);
    return std::make_unique<KnownScores>(request_.parts->facts().at(kDeviceFact), options_.engine.threads);
  }

  WindowCounts count(const Engine& engine, const std::stop_token& stop) const {
    OpenInput input(options_.input, reader_threads(engine, options_.engine), options_.plus() && options_.minus());
    return count_windows(input.source(), tiler_options(), stop);
  }

  RunFacts facts(const Engine& engine) const {
    RunFacts facts = request_.given;
    facts.merge(input_facts(options_.input));
    facts.merge(model_facts(model_));
    facts["the threshold"] = threshold_ ? fmt::format("a logit of {}", threshold_->logit) : "none";
    if (!request_.parts) facts[kDeviceFact] = device_fact(engine, options_.engine);
    return facts;
  }

  // Without what a count of the windows tells.
  RunFacts shard_facts(const Engine& engine) const {
    RunFacts facts = this->facts(engine);
    const Shard shard = *options_.shard();
    facts[kShardFact] = fmt::format("{}/{}", shard.number, shard.of);
    return facts;
  }

  void tell_begin(const Engine& engine) const {
    if (request_.parts)
      spdlog::info("joining {} parts, scored on {}", request_.parts->count(), engine.describe().text);
    else
      spdlog::info("device: {}", device_text(engine));
    spdlog::debug(
        "model: {}, weights {}, {}", model_.name, weights_hash(model_.network),
        model_.null_table ? fmt::format("null table of {} windows", model_.null_table->windows) : "no null table");
    if (threshold_) spdlog::debug("threshold: score {:.6g}, logit {:.6g}", threshold_->score, threshold_->logit);
    for (const std::string& input : options_.input.files)
      if (input == "-" && isatty(STDIN_FILENO)) spdlog::info("reading FASTA from the terminal; ctrl-D ends it");
  }

  RunSummary summarize(const Engine& engine, OpenInput& input, const CallCounts& counts,
                       const PipelineStatistics& statistics, std::uint64_t recalled, std::uint64_t outside) const {
    RunSummary summary;
    summary.version = IRESWEEP_VERSION;
    summary.command = request_.command_line;
    summary.inputs = input.source().facts();
    summary.left_out = input.left_out();
    summary.model = {model_.name, weights_hash(model_.network), model_.window, model_.step,
                     model_.null_table.has_value()};
    summary.threshold = threshold_;
    summary.report = options_.report();
    summary.strands = options_.strand_name;
    summary.step = options_.step;
    summary.max_missing = options_.max_missing;
    summary.counts = counts;
    summary.recalled = recalled;
    summary.outside = outside;
    summary.device = engine.describe().text;
    summary.threads = options_.engine.threads;
    summary.seconds = statistics.wall;
    summary.peak_memory = peak_memory();
    spdlog::debug("busy: reading {:.2f} s, scoring {:.2f} s on {} threads, writing {:.2f} s, of {:.2f} s",
                  statistics.fill, statistics.score, engine.concurrency(), statistics.take, statistics.wall);
    if (const auto* clock = dynamic_cast<const DeviceClock*>(&engine))
      spdlog::info("{}", busy_text(statistics, clock->busy()));
    return summary;
  }

  const ScanRequest& request_;
  const ScanOptions& options_;
  const Model model_;
  const std::optional<RunSummary::Threshold> threshold_;
  std::optional<FileStamps> stamps_;
  bool began_ = false;
};

}  // namespace

int run_scan(const ScanRequest& request) {
  const ScanOptions& options = request.options;
  set_verbosity(options.messages.verbosity());
  const OutputFormat format = check_scan_options(options);
  // Joining is done anew.
  const auto go_on = [&] { return request.parts ? std::string() : command_to_go_on(options, request.command_line); };
  const auto work = [&](const std::stop_token& stop, TemporaryFiles& temporary) {
    const auto note_temporary = [&](const std::string& path) { temporary.note({path}); };
    Scan scan(request);
    try {
      return options.shard() ? scan.run_shard(stop) : scan.run(format, stop, note_temporary);
    } catch (const ChangedInput&) {
      scan.check_inputs();
      throw;
    } catch (Error& error) {
      if (scan.began() && !go_on().empty()) error.hint += "; --resume then goes on where this run ended";
      throw;
    }
  };
  return run_stoppable(options.output, work, go_on);
}

Command add_scan(CLI::App& program) {
  auto* app = program.add_subcommand("scan");
  const auto options = std::make_shared<ScanOptions>();
  declare_scan_options(*app, *options);
  return {app, [app, options](const std::string& command_line) {
            return run_scan({*options, given_options(*app), command_line});
          }};
}

}  // namespace iresweep::cli
