// Windows per second of the CPU engine alone: no input, no calling, no output.
//
// Sequences and weights: records.h; records are packed as the tiler packs them. Each thread scores a batch of its own,
// again and again; the threads begin together and live as long as the measurement.
#include <benchmark/benchmark.h>

#include <map>
#include <mutex>
#include <string>

#include "bench/records.h"
#include "host/engine/devices.h"
#include "iresweep/engine.h"

namespace {

using namespace iresweep;

constexpr std::size_t kBatchWindows = 4096;

// Records from `record` on until the batch is full, the last one cut: starts 0, step, ... and the window that ends with
// the record.
void fill(Batch& batch, int step, std::size_t record) {
  const auto& records = bench::records();
  batch.base_count = batch.window_count = 0;
  batch.step = step;
  while (batch.window_count + 2 < batch.starts.size()) {
    const auto& codes = records[record++ % records.size()];
    if (codes.size() < kWindow) continue;
    const std::size_t room = (batch.starts.size() - batch.window_count - 2) * std::size_t(step) + kWindow;
    const std::size_t length = std::min(room, codes.size()), last = length - kWindow;
    std::copy_n(codes.begin(), length, batch.bases.begin() + std::ptrdiff_t(batch.base_count));
    for (std::size_t start = 0; start < last; start += std::size_t(step))
      batch.starts[batch.window_count++] = std::uint32_t(batch.base_count + start);
    batch.starts[batch.window_count++] = std::uint32_t(batch.base_count + last);
    batch.base_count += length;
  }
}

/// One engine an instruction set, shared by all threads and measurements.
Engine& engine_of(const std::string& isa) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Engine>> engines;
  const std::scoped_lock lock(mutex);
  auto& engine = engines[isa];
  if (!engine) engine = make_engine(bench::model(), {.device = "cpu", .isa = isa, .batch_windows = kBatchWindows});
  return *engine;
}

void score_windows(benchmark::State& state, const std::string& isa, int step) {
  Engine& engine = engine_of(isa);
  const auto batch = engine.make_batch();
  fill(*batch, step, 137 * std::size_t(state.thread_index()));
  for (auto _ : state) engine.score(*batch);
  // The sum over the threads, by wall-clock time.
  state.counters["windows/s"] =
      benchmark::Counter(double(batch->window_count) * double(state.iterations()), benchmark::Counter::kIsRate);
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& set : iresweep::instruction_sets()) {
    if (!set.usable) continue;
    for (const int step : {50, 1})
      benchmark::RegisterBenchmark(("engine/" + set.name + "/step:" + std::to_string(step)).c_str(), score_windows,
                                   set.name, step)
          ->Threads(1)
          ->Threads(2)
          ->Unit(benchmark::kMillisecond)
          ->MeasureProcessCPUTime()
          ->UseRealTime();
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
