// Measurements with an engine that costs nothing: what is counted, never how long it takes.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/engine/device_clock.h"
#include "host/input/fasta_source.h"
#include "host/measure/measure_report.h"
#include "host/measure/throughput.h"
#include "iresweep/error.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

test::FunctionEngine cheap_engine(int threads = 2, std::size_t windows = 64) {
  return test::FunctionEngine([](auto codes) { return double(codes[0]) - 10; }, threads, windows);
}

/// As if two GPUs had run kernels, for 10 and for 30 ms a batch.
class ClockedEngine : public test::FunctionEngine, public DeviceClock {
 public:
  ClockedEngine() : FunctionEngine([](auto) { return -9.0; }) {}
  void score(Batch& batch) override {
    FunctionEngine::score(batch);
    ++batches_;
  }
  std::vector<Busy> busy() const override { return {{"cuda:0", 0.01 * batches_}, {"cuda:1", 0.03 * batches_}}; }

 private:
  std::atomic<int> batches_ = 0;
};

const MeasureOptions kShort{.repeats = 3, .seconds = 0.002, .warm_up = 0.001};

TEST(Rate, IsTheMiddleOfTheRepeats) {
  const auto rate = windows_per_second({{100, 0, 1}, {900, 0, 1}, {300, 0, 2}});
  EXPECT_DOUBLE_EQ(rate.median, 150);
  EXPECT_DOUBLE_EQ(rate.lowest, 100);
  EXPECT_DOUBLE_EQ(rate.highest, 900);
  EXPECT_DOUBLE_EQ(windows_per_second({{1, 0, 1}, {3, 0, 1}, {9, 0, 1}, {2, 0, 1}}).median, 2.5);
  EXPECT_DOUBLE_EQ(megabases_per_second({{1, 3'000'000, 1}, {1, 1'000'000, 3}}), 1);
}

TEST(Sources, MadeUpOnesAreTheSameInEveryRun) {
  MadeUpSource one, other;
  const auto first = one.next(), second = one.next();
  EXPECT_EQ(first->codes, other.next()->codes);
  EXPECT_NE(first->codes, second->codes);
  EXPECT_EQ(first->codes.size(), kMadeUpBases);
  EXPECT_NE(first->record->index, second->record->index);
}

TEST(Sources, AnEndlessOneBeginsAgainWithNewRecords) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("two.fa", ">a\nACGTACGT\n>b\nTTTT\n");
  EndlessSource source([&] { return open_fasta({path}, {.threads = 1, .name_until = {}, .piece_bases = 3}); });
  std::string names;
  std::vector<std::size_t> bases;
  while (bases.size() < 5) {
    const auto piece = source.next();
    ASSERT_TRUE(piece);
    if (piece->record->index == bases.size()) bases.push_back(0), names += piece->record->name;
    bases.back() += piece->codes.size();
  }
  EXPECT_EQ(names, "ababa");
  EXPECT_EQ(bases[1], 4u);
  EXPECT_EQ(bases[2], 8u);
}

TEST(Sources, AnEndlessOneOfNothingIsAnError) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("empty.fa", ">a\n>b\n");
  EndlessSource source([&] { return open_fasta({path}); });
  EXPECT_THROW(while (source.next()){}, Error);
}

TEST(Throughput, OfAnEngineCountsWholeBatches) {
  for (const int threads : {1, 3}) {
    auto engine = cheap_engine(threads);
    MadeUpSource source;
    const auto result = measure_engine(engine, source, kShort);
    EXPECT_EQ(result.threads, threads);
    EXPECT_EQ(result.batch_windows, 64u);
    ASSERT_EQ(result.repeats.size(), 3u);
    for (const Repeat& repeat : result.repeats) {
      EXPECT_GE(repeat.windows, 64u);
      EXPECT_EQ(repeat.windows % 64, 0u);
      EXPECT_GE(repeat.bases, repeat.windows * 30);
      EXPECT_GE(repeat.seconds, kShort.seconds);
    }
    EXPECT_TRUE(result.stages.empty());
  }
}

TEST(Throughput, OfGpusTellsHowBusyTheyWere) {
  ClockedEngine clocked;
  auto plain = cheap_engine();
  MadeUpSource source;
  BenchReport report;
  report.options = kShort;
  report.engines = {measure_engine(clocked, source, kShort)};
  double gpu_seconds = 0;
  for (const Repeat& repeat : report.engines[0].repeats) {
    ASSERT_TRUE(repeat.gpu_seconds);
    gpu_seconds += *repeat.gpu_seconds;
  }
  EXPECT_GE(gpu_seconds, 0.02) << "the mean of the GPUs, of one batch";
  EXPECT_NE(bench_text(report).find("%\n"), std::string::npos) << bench_text(report);
  EXPECT_NE(bench_json(report).find("gpu_seconds"), std::string::npos);

  report.engines = {measure_engine(plain, source, kShort)};
  EXPECT_FALSE(report.engines[0].repeats[0].gpu_seconds);
  EXPECT_EQ(bench_text(report).find("%\n"), std::string::npos);
  EXPECT_EQ(bench_json(report).find("gpu_seconds"), std::string::npos);
}

class ScanThroughput : public testing::Test {
 protected:
  ScanThroughput() { model_.network = test::seeded_network(1); }

  const test::TemporaryFolder folder_;
  const std::string path_ = folder_.write("one.fa", ">a\n" + std::string(1000, 'A') + "\n>b\n" + std::string(274, 'C'));
  Model model_;
};

TEST_F(ScanThroughput, CountsEveryWindowAndBaseOnceARepeat) {
  auto engine = cheap_engine();
  const auto result = measure_scan(engine, model_, {path_}, kShort);
  ASSERT_EQ(result.repeats.size(), 3u);
  ASSERT_EQ(result.stages.size(), 3u);
  for (const Repeat& repeat : result.repeats) {
    EXPECT_EQ(repeat.windows, 18u + 3u);
    EXPECT_EQ(repeat.bases, 1274u);
    EXPECT_GT(repeat.seconds, 0);
  }
}

TEST_F(ScanThroughput, IsToldAsTablesAndAsJson) {
  auto engine = cheap_engine();
  EndlessSource source([&] { return open_fasta({path_}); });
  BenchReport report{.version = "1.2.3",
                     .command = "iresweep bench",
                     .node = node_facts(7),
                     .model_name = "m",
                     .model_hash = "0f",
                     .options = kShort,
                     .inputs = {path_},
                     .engines = {measure_engine(engine, source, kShort)},
                     .scans = {measure_scan(engine, model_, {path_}, kShort)}};
  const auto text = bench_text(report);
  for (const char* part : {"7 CPUs", "engine alone", "whole scan", "3 repeats", "function", "reading", "so short"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  const auto json = nlohmann::json::parse(bench_json(report));
  EXPECT_EQ(json["engines"].size(), 1u);
  EXPECT_EQ(json["scans"][0]["repeats"].size(), 3u);
  EXPECT_EQ(json["scans"][0]["repeats"][2]["windows"], 21);
  EXPECT_TRUE(json["scans"][0]["repeats"][0].contains("stage_seconds"));
  EXPECT_FALSE(json["engines"][0]["repeats"][0].contains("stage_seconds"));

  report.inputs.clear(), report.scans.clear();
  const auto made_up = bench_text(report);
  EXPECT_EQ(made_up.find("whole scan"), std::string::npos);
  EXPECT_NE(made_up.find("made-up"), std::string::npos);
}

}  // namespace
}  // namespace iresweep
