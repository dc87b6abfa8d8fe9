// Windows per second of the CPU engine alone: no input, no calling, no output.
//
// Sequence: records of 1,900 random bases, as long as a typical transcript, packed as the tiler packs them; with
// IRESWEEP_BENCH_FASTA set to a plain FASTA file, its records instead. Weights from a seed: speed does not depend on
// them.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "host/engine/devices.h"
#include "iresweep/engine.h"
#include "tests/support/seeded_network.h"

namespace {

using namespace iresweep;

constexpr std::size_t kBatchWindows = 4096;

std::vector<std::vector<BaseCode>> read_records(const char* path) {
  std::vector<std::vector<BaseCode>> records;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('>')) {
      records.emplace_back();
      continue;
    }
    for (const char letter : line) {
      const auto code = std::string("ACGT").find(letter);
      records.back().push_back(code == std::string::npos ? kMissing : BaseCode(code));
    }
  }
  return records;
}

std::vector<std::vector<BaseCode>> random_records() {
  test::Random random(1);
  std::vector<std::vector<BaseCode>> records;
  for (int i = 0; i < 1000; ++i) records.push_back(test::random_codes(random, 1900));
  return records;
}

const std::vector<std::vector<BaseCode>>& records() {
  static const auto list = [] {
    const char* path = std::getenv("IRESWEEP_BENCH_FASTA");
    return path ? read_records(path) : random_records();
  }();
  return list;
}

// Records until the batch is full, the last one cut: starts 0, step, ... and the window that ends with the record.
void fill(Batch& batch, int step, std::size_t& record) {
  batch.base_count = batch.window_count = 0;
  batch.step = step;
  while (batch.window_count + 2 < batch.starts.size()) {
    const auto& codes = records()[record++ % records().size()];
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

// One iteration: each thread scores a batch of its own.
void score_windows(benchmark::State& state, const std::string& isa, int step, int threads) {
  static const Model model = [] {
    Model seeded;
    seeded.network = test::seeded_network(1);
    return seeded;
  }();
  EngineOptions options;
  options.device = "cpu";
  options.isa = isa;
  options.threads = threads;
  options.batch_windows = kBatchWindows;
  const auto engine = make_engine(model, options);
  std::vector<std::unique_ptr<Batch>> batches;
  std::size_t record = 0, windows = 0;
  for (int i = 0; i < threads; ++i) {
    batches.push_back(engine->make_batch());
    fill(*batches.back(), step, record);
    windows += batches.back()->window_count;
  }
  for (auto _ : state) {
    std::vector<std::jthread> workers;
    for (const auto& batch : batches) workers.emplace_back([&] { engine->score(*batch); });
  }
  state.counters["windows/s"] = benchmark::Counter(double(windows), benchmark::Counter::kIsIterationInvariantRate);
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& set : iresweep::instruction_sets()) {
    if (!set.usable) continue;
    for (const int step : {50, 1})
      for (const int threads : {1, 2})
        benchmark::RegisterBenchmark(
            ("engine/" + set.name + "/step:" + std::to_string(step) + "/threads:" + std::to_string(threads)).c_str(),
            score_windows, set.name, step, threads)
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime()
            ->UseRealTime();
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
