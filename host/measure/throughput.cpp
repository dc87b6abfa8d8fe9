#include "host/measure/throughput.h"

#include <atomic>
#include <chrono>

#include "host/engine/device_clock.h"
#include "host/input/fasta_source.h"
#include "host/output/hit_writer.h"
#include "host/scan/arbiter.h"
#include "host/scan/caller.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"

namespace iresweep {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

Throughput of_engine(const Engine& engine) {
  Throughput result;
  result.device = engine.describe();
  result.threads = engine.concurrency();
  return result;
}

/// Seconds of kernels so far, the mean of the engine's GPUs; nothing on a CPU.
std::optional<double> gpu_seconds(const Engine& engine) {
  const auto* clock = dynamic_cast<const DeviceClock*>(&engine);
  if (!clock) return std::nullopt;
  const auto busy = clock->busy();
  double sum = 0;
  for (const auto& gpu : busy) sum += gpu.seconds;
  return sum / double(busy.size());
}

std::optional<double> since(std::optional<double> begin, std::optional<double> end) {
  return begin && end ? std::optional(*end - *begin) : std::nullopt;
}

/// Cuts a stream of finished batches into a warm-up and repeats.
class Timeline {
 public:
  Timeline(const Engine& engine, const MeasureOptions& options, std::vector<Repeat>& repeats)
      : engine_(engine), options_(options), repeats_(repeats) {}

  /// A batch is done. False once the last repeat is full.
  bool count(const Batch& batch) {
    now_.windows += batch.window_count, now_.bases += batch.base_count;
    now_.seconds = seconds_since(begin_);
    if (now_.seconds < (warm_ ? options_.seconds : options_.warm_up)) return true;
    const auto gpu = gpu_seconds(engine_);
    now_.gpu_seconds = since(gpu_begin_, gpu);
    if (warm_) repeats_.push_back(now_);
    warm_ = true;
    now_ = {};
    gpu_begin_ = gpu;
    begin_ = Clock::now();
    return repeats_.size() < std::size_t(options_.repeats);
  }

 private:
  const Engine& engine_;
  const MeasureOptions& options_;
  std::vector<Repeat>& repeats_;
  Repeat now_;
  std::optional<double> gpu_begin_ = gpu_seconds(engine_);
  Clock::time_point begin_ = Clock::now();
  bool warm_ = false;
};

/// What the default report calls: the same work for the arbiter and the caller as in a scan.
double threshold_logit(const Model& model) {
  return model.null_table ? model.null_table->logit_at(kDefaultNullRate) : 0;
}

Repeat scan_once(Engine& engine, const Model& model, const std::vector<std::string>& paths,
                 const MeasureOptions& options, Throughput& result) {
  const auto source = open_fasta(paths, {.threads = options.reader_threads, .name_until = {}});
  Tiler tiler(*source, {.step = options.step});
  const double limit = threshold_logit(model);
  const Arbiter arbiter(model.network, limit);
  HitWriter writer({.path = "/dev/null", .format = {}});
  CallRules rules;
  rules.threshold_logit = limit;
  rules.null_table = model.null_table;
  Caller caller(rules, arbiter, writer);
  const auto begin = Clock::now();
  const auto gpu_begin = gpu_seconds(engine);
  const auto statistics = run_pipeline(engine, {.fill =
                                                    [&](Job& job) {
                                                      const bool filled = tiler.fill(job);
                                                      if (filled) result.batch_windows = job.batch->starts.size();
                                                      return filled;
                                                    },
                                                .score =
                                                    [&](Job& job) {
                                                      engine.score(*job.batch);
                                                      arbiter.settle(job);
                                                      caller.foresee(job);
                                                    },
                                                .take = [&](const Job& job) { caller.take(job); }});
  caller.finish();
  writer.commit();
  result.stages.push_back({statistics.fill, statistics.score, statistics.take});
  return {statistics.windows, tiler.counts().bases, seconds_since(begin), since(gpu_begin, gpu_seconds(engine))};
}

}  // namespace

Throughput measure_engine(Engine& engine, SequenceSource& source, const MeasureOptions& options) {
  Throughput result = of_engine(engine);
  Tiler tiler(source, {.step = options.step});
  Timeline timeline(engine, options, result.repeats);
  std::atomic<bool> full = false;
  // A job comes back with what it held, so each is filled once only.
  run_pipeline(engine, {.fill =
                            [&](Job& job) {
                              if (full) return false;
                              return job.batch->window_count > 0 || tiler.fill(job);
                            },
                        .score = [&](Job& job) { engine.score(*job.batch); },
                        .take =
                            [&](const Job& job) {
                              result.batch_windows = job.batch->starts.size();
                              if (!full) full = !timeline.count(*job.batch);
                            }});
  return result;
}

Throughput measure_scan(Engine& engine, const Model& model, const std::vector<std::string>& paths,
                        const MeasureOptions& options) {
  Throughput result = of_engine(engine);
  scan_once(engine, model, paths, options, result);
  result.stages.clear();
  for (int i = 0; i < options.repeats; ++i) result.repeats.push_back(scan_once(engine, model, paths, options, result));
  return result;
}

}  // namespace iresweep
