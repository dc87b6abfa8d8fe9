#include "tools/scan_stages.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include "host/journal/recall.h"
#include "tools/progress.h"

namespace iresweep::cli {
namespace {

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

}  // namespace

PipelineStatistics run_stages(const ScanOptions& options, Engine& engine, const SequenceSource& source, Tiler& tiler,
                              ScanJournal& journal, const JobUses& uses, const std::stop_token& stop) {
  const bool silent = options.messages.no_progress || options.messages.quiet;
  Progress progress(silent ? Progress::Style::none : Progress::style_of_stderr());
  InputMeter meter;
  StrandHint hint(options.plus() && options.minus());
  std::uint64_t windows = 0;
  const auto begin = std::chrono::steady_clock::now();
  const auto fill = [&](Job& job) {
    const bool filled = !journal.complete() && tiler.fill(job);
    if (filled) journal.recall(job);
    if (!filled) journal.finish_recall();
    meter.measure(source.facts());
    hint(tiler.counts());
    return filled;
  };
  const auto score = [&](Job& job) {
    score_unknown(engine, *job.batch);
    uses.score(job);
  };
  const auto take = [&](const Job& job) {
    uses.take(job);
    journal.record(job);
    windows += job.batch->window_count;
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    progress.update({time.count(), windows, meter.bases(), meter.share()});
  };
  return run_pipeline(engine, {.fill = fill, .score = score, .take = take}, stop);
}

}  // namespace iresweep::cli
