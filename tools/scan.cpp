// `iresweep scan`: files in, hits out. Every step of it lies in host/; here they are put together.
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include "host/engine/device_clock.h"
#include "host/input/file_stamps.h"
#include "host/journal/recall.h"
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
#include "tools/progress.h"
#include "tools/report_page.h"
#include "tools/run_facts.h"
#include "tools/scan_journal.h"
#include "tools/scan_options.h"
#include "tools/stop_signals.h"
#include "tools/track_options.h"

namespace iresweep::cli {
namespace {

constexpr double kDefaultThreshold = 0.5;

/// Which windows are called.
RunSummary::Threshold choose_threshold(const ScanOptions& options, const Model& model) {
  using Threshold = RunSummary::Threshold;
  const auto from_score = [](double score, Threshold::Source source) {
    return Threshold{score, std::log(score / (1 - score)), source, std::nullopt};
  };
  const auto from_rate = [&model](double rate, Threshold::Source source) {
    const double logit = model.null_table->logit_at(rate);
    return Threshold{double(score_of(logit)), logit, source, rate};
  };
  if (options.threshold) return from_score(*options.threshold, Threshold::Source::given);
  if (options.null_rate) {
    if (!model.null_table)
      throw UsageError("--null-rate needs a null table, and the model has none", options.model,
                       "make one with `iresweep model calibrate`, or give --threshold");
    return from_rate(*options.null_rate, Threshold::Source::null_rate);
  }
  return model.null_table ? from_rate(kDefaultNullRate, Threshold::Source::standard)
                          : from_score(kDefaultThreshold, Threshold::Source::standard);
}

/// The same; nothing for a `best` report that asks for no threshold.
std::optional<RunSummary::Threshold> wanted_threshold(const ScanOptions& options, const Model& model) {
  if (options.report() == Report::best && !options.threshold && !options.null_rate) return std::nullopt;
  return choose_threshold(options, model);
}

/// What the reader thread knows of the input and the main thread shows.
class InputMeter {
 public:
  /// On the reader thread.
  void measure(const std::vector<InputFacts>& facts) {
    std::uint64_t bases = 0, size = 0, read = 0;
    bool known = true;
    for (const InputFacts& file : facts) {
      bases += file.bases, size += file.file_size, read += file.file_read;
      known = known && file.file_size > 0;
    }
    bases_ = bases;
    share_ = known ? double(read) / double(size) : -1;
  }
  std::uint64_t bases() const { return bases_; }
  double share() const { return share_; }

 private:
  std::atomic<std::uint64_t> bases_ = 0;
  std::atomic<double> share_ = -1;
};

/// Whoever scans a genome mostly means both strands; said once, as soon as a record turns out to be that long.
class StrandHint {
 public:
  explicit StrandHint(bool both_strands) : due_(!both_strands) {}

  /// On the reader thread.
  void operator()(const TilerCounts& counts) {
    if (due_ && counts.longest > kChromosome) {
      spdlog::info("a record of more than {} Mb is scanned on one strand; --strand both scans the other too",
                   kChromosome / 1'000'000);
      due_ = false;
    }
  }

 private:
  static constexpr std::uint64_t kChromosome = 1'000'000;
  bool due_;
};

/// Who looks at all windows besides the caller; null where not asked for.
struct Onlookers {
  TrackWriter* track = nullptr;
  ReportPage* page = nullptr;
};

/// One run, from its checked options to its result.
class Scan {
 public:
  Scan(const ScanOptions& options, OutputFormat format, RunFacts given, std::string command_line)
      : options_(options),
        format_(format),
        given_(std::move(given)),
        command_line_(std::move(command_line)),
        model_(chosen_model(options.model)),
        threshold_(wanted_threshold(options, model_)) {}

  /// True when done, false when stopped.
  bool run(const std::stop_token& stop, const std::function<void(const std::string&)>& note_temporary) {
    ScanJournal journal(options_);
    if (journal.finished()) {
      spdlog::info("{} is finished: nothing is left to do", options_.output);
      return true;
    }
    if (const auto lock = journal.mere_lock()) note_temporary(*lock);
    const auto engine = make_engine(model_, options_.engine);
    const FileStamps stamps(options_.input.all_files());
    OpenInput input(options_.input, reader_threads(*engine, options_.engine), options_.plus() && options_.minus());
    Tiler tiler(input.source(), {.step = options_.step, .plus = options_.plus(), .minus = options_.minus()});
    tell_begin(*engine);
    begin(journal, *engine);

    const double limit = threshold_ ? threshold_->logit : std::numeric_limits<double>::infinity();
    const Arbiter arbiter(model_.network, threshold_ ? std::optional(limit) : std::nullopt);
    HitWriter writer({options_.output, format_, options_.report(), options_.plus() && options_.minus(), input.records(),
                      options_.order(), input.source().contigs(), options_.track_line});
    if (writer.file().renames()) note_temporary(writer.file().written_path());
    const auto track = open_track(options_, input.source(), input.records());
    if (track)
      for (const std::string& path : track->temporary_paths()) note_temporary(path);
    std::unique_ptr<ReportPage> page;
    if (!options_.html_report.empty()) {
      page = std::make_unique<ReportPage>(options_.html_report,
                                          threshold_ ? *threshold_ : choose_threshold(options_, model_),
                                          options_.max_missing, arbiter);
      if (page->file().renames()) note_temporary(page->file().written_path());
    }
    Loci loci({.collapse = options_.collapse, .ascending = input.by_place()}, arbiter, writer);
    ReadLoci read_loci(std::uint64_t(options_.input.alignments.min_reads.value_or(1)), arbiter, writer);
    HitSink& sink = has_read_loci(input.records()) ? static_cast<HitSink&>(read_loci)
                    : has_loci(input.records())    ? static_cast<HitSink&>(loci)
                                                   : writer;
    Caller caller({.report = options_.report(),
                   .threshold_logit = limit,
                   .max_missing = options_.max_missing,
                   .both_strands = options_.plus() && options_.minus(),
                   .null_table = model_.null_table,
                   .shows_steps = format_.kind == OutputFormat::Kind::bed},
                  arbiter, sink);

    const auto statistics =
        run_stages(*engine, input.source(), tiler, arbiter, caller, {track.get(), page.get()}, journal, stop);
    if (statistics.stopped) return false;
    caller.finish();
    loci.finish();
    read_loci.finish();
    stamps.check();
    if (track) track->close();
    if (const auto warning = writer.commit()) spdlog::warn("{}", *warning);
    if (track) track->commit();
    input.tell_left_out();
    const RunSummary summary =
        summarize(*engine, input, place_counts(caller.counts(), input.records(), loci, read_loci), statistics,
                  journal.recalled());
    if (page) page->write(summary, model_.null_table);
    if (!options_.summary.empty()) write_summary(summary, options_.summary);
    if (!options_.messages.quiet) fmt::print(stderr, "{}", closing_lines(summary));
    journal.end();
    return true;
  }

  /// Whether it got as far as its journal.
  bool began() const { return began_; }

 private:
  // A window of every record is no call: `best` has no loci. Circles of a gene are no isoforms of each other.
  bool has_loci(RecordKind records) const {
    return records == RecordKind::transcripts && options_.report() != Report::best && !options_.input.circular;
  }
  bool has_read_loci(RecordKind records) const {
    return records == RecordKind::reads && options_.report() == Report::regions;
  }

  // Places on the genome, not regions of records, where these are known.
  CallCounts place_counts(CallCounts counts, RecordKind records, const Loci& loci, const ReadLoci& read_loci) const {
    if (has_loci(records)) counts.loci = loci.count(), counts.rows = loci.rows();
    if (has_read_loci(records)) counts.loci = read_loci.count(), counts.rows = read_loci.rows();
    return counts;
  }

  PipelineStatistics run_stages(Engine& engine, const SequenceSource& source, Tiler& tiler, const Arbiter& arbiter,
                                Caller& caller, const Onlookers& onlookers, ScanJournal& journal,
                                const std::stop_token& stop) const {
    const bool silent = options_.messages.no_progress || options_.messages.quiet;
    Progress progress(silent ? Progress::Style::none : Progress::style_of_stderr());
    InputMeter meter;
    StrandHint hint(options_.plus() && options_.minus());
    std::uint64_t windows = 0;
    const auto begin = std::chrono::steady_clock::now();
    return run_pipeline(engine,
                        {.fill =
                             [&](Job& job) {
                               const bool filled = tiler.fill(job);
                               if (filled) journal.recall(job);
                               if (!filled) journal.finish_recall();
                               meter.measure(source.facts());
                               hint(tiler.counts());
                               return filled;
                             },
                         .score =
                             [&](Job& job) {
                               score_unknown(engine, *job.batch);
                               arbiter.settle(job);
                               caller.foresee(job);
                             },
                         .take =
                             [&](const Job& job) {
                               caller.take(job);
                               journal.record(job);
                               if (onlookers.track) onlookers.track->take(job);
                               if (onlookers.page) onlookers.page->take(job);
                               windows += job.batch->window_count;
                               const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
                               progress.update({time.count(), windows, meter.bases(), meter.share()});
                             }},
                        stop);
  }

  void begin(ScanJournal& journal, const Engine& engine) {
    RunFacts facts = given_;
    facts.merge(input_facts(options_.input));
    facts.merge(engine_facts(model_, engine, options_.engine));
    journal.begin(facts);
    began_ = true;
  }

  void tell_begin(const Engine& engine) const {
    spdlog::info("device: {}", device_text(engine));
    spdlog::debug(
        "model: {}, weights {}, {}", model_.name, weights_hash(model_.network),
        model_.null_table ? fmt::format("null table of {} windows", model_.null_table->windows) : "no null table");
    if (threshold_) spdlog::debug("threshold: score {:.6g}, logit {:.6g}", threshold_->score, threshold_->logit);
    for (const std::string& input : options_.input.files)
      if (input == "-" && isatty(STDIN_FILENO)) spdlog::info("reading FASTA from the terminal; ctrl-D ends it");
  }

  RunSummary summarize(const Engine& engine, OpenInput& input, const CallCounts& counts,
                       const PipelineStatistics& statistics, std::uint64_t recalled) const {
    RunSummary summary;
    summary.version = IRESWEEP_VERSION;
    summary.command = command_line_;
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

  const ScanOptions& options_;
  const OutputFormat format_;
  const RunFacts given_;
  const std::string command_line_;
  const Model model_;
  const std::optional<RunSummary::Threshold> threshold_;
  bool began_ = false;
};

int run_scan(const ScanOptions& options, const RunFacts& given, const std::string& command_line) {
  set_verbosity(options.messages.verbosity());
  const OutputFormat format = check_scan_options(options);
  // A write to a closed pipe then comes back as an error, and temporary files can be removed before the end.
  std::signal(SIGPIPE, SIG_IGN);

  std::mutex mutex;
  std::vector<std::string> temporary;
  StopSignals signals([&](int signal) {
    const std::scoped_lock lock(mutex);
    for (const std::string& path : temporary) unlink(path.c_str());
    tell_stopped(signal, options.output, command_to_go_on(options, command_line));
  });
  const auto note_temporary = [&](const std::string& path) {
    const std::scoped_lock lock(mutex);
    temporary.push_back(path);
  };
  Scan scan(options, format, given, command_line);
  try {
    if (scan.run(signals.token(), note_temporary)) return kDone;
  } catch (const ClosedPipe&) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  } catch (const ChangedInput&) {
    throw;
  } catch (Error& error) {
    if (scan.began() && !command_to_go_on(options, command_line).empty())
      error.hint += "; --resume then goes on where this run ended";
    throw;
  }
  tell_stopped(signals.caught(), options.output, command_to_go_on(options, command_line));
  return kSignalled + signals.caught();
}

}  // namespace

Command add_scan(CLI::App& program) {
  auto* app = program.add_subcommand("scan");
  const auto options = std::make_shared<ScanOptions>();
  declare_scan_options(*app, *options);
  return {app, [app, options](const std::string& command_line) {
            return run_scan(*options, given_options(*app), command_line);
          }};
}

}  // namespace iresweep::cli
