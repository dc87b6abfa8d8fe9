// Windows per second of a whole scan, from a FASTA file to a BED file: reading, scoring, calling and writing.
//
// Sequences and weights: records.h. A given FASTA file may be compressed. Called is what scores above 0.5.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "bench/records.h"
#include "host/input/fasta_source.h"
#include "host/output/hit_writer.h"
#include "host/scan/arbiter.h"
#include "host/scan/caller.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "iresweep/engine.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace iresweep;

constexpr double kThresholdLogit = 0;

const test::TemporaryFolder& folder() {
  static const test::TemporaryFolder made;
  return made;
}

const std::string& fasta() {
  static const std::string path =
      bench::given_fasta() ? bench::given_fasta() : folder().write("records.fa", bench::random_fasta());
  return path;
}

/// Returns the number of windows.
std::uint64_t scan(int step, int threads) {
  const Model& model = bench::model();
  const auto engine = make_engine(model, {.device = "cpu", .threads = threads});
  const auto source = open_fasta({fasta()});
  Tiler tiler(*source, {.step = step});
  const Arbiter arbiter(model.network, kThresholdLogit);
  HitWriter writer({.path = folder().path("hits.bed"), .format = {}});
  Caller caller({.threshold_logit = kThresholdLogit, .null_table = model.null_table}, arbiter, writer);
  const auto statistics = run_pipeline(*engine, {.fill = [&](Job& job) { return tiler.fill(job); },
                                                 .score =
                                                     [&](Job& job) {
                                                       engine->score(*job.batch);
                                                       arbiter.settle(job);
                                                       caller.foresee(job);
                                                     },
                                                 .take = [&](const Job& job) { caller.take(job); }});
  caller.finish();
  writer.commit();
  return statistics.windows;
}

void scan_file(benchmark::State& state) {
  std::uint64_t windows = 0;
  for (auto _ : state) windows += scan(int(state.range(0)), int(state.range(1)));
  state.counters["windows/s"] = benchmark::Counter(double(windows), benchmark::Counter::kIsRate);
}

}  // namespace

BENCHMARK(scan_file)
    ->Name("scan")
    ->ArgNames({"step", "threads"})
    ->ArgsProduct({{50, 1}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

BENCHMARK_MAIN();
