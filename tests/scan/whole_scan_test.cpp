// From records to hits through the pipeline and the real engine: every hit the same, to the last bit, for any number of
// threads, windows in a batch and bases in a piece. What tsan should see run together runs together here.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/scan/caller.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "tests/scan/caller_world.h"
#include "tests/scan/tiler_world.h"

namespace iresweep::test {
namespace {

// In the midst of the scores of this network: many windows are called, and many are not.
constexpr double kThresholdLogit = 0.4;

std::vector<Codes> records() {
  Random random(11);
  std::vector<Codes> records;
  for (const int length : {3000, 0, 174, 20, 4000, 175, 600, 1}) records.push_back(random_codes(random, length, 0.01));
  return records;
}

struct Way {
  int threads = 1;
  std::size_t batch_windows = 4096, piece = 1 << 18;
  std::uint64_t delays = 0;  ///< their seed; 0: none
};

/// Random waits, in whatever thread: between a stage and its queues they change who comes first.
class Delays {
 public:
  explicit Delays(std::uint64_t seed) : next_(seed) {}
  void wait() {
    if (next_ == 0) return;
    Random random(next_++);
    if (random.below(3) == 0) std::this_thread::sleep_for(std::chrono::microseconds(random.below(400)));
  }

 private:
  std::atomic<std::uint64_t> next_;
};

std::vector<std::string> scan(const Model& model, Report report, const Way& way) {
  const auto engine = make_engine(model, {.threads = way.threads, .batch_windows = way.batch_windows});
  CodesSource source(records(), way.piece);
  Tiler tiler(source, {.step = 50, .minus = true});
  const Arbiter arbiter(model.network, kThresholdLogit);
  HitList list;
  CallRules rules;
  rules.report = report;
  rules.threshold_logit = kThresholdLogit;
  rules.both_strands = true;
  Caller caller(rules, arbiter, list);
  Delays delays(way.delays);
  const auto between_delays = [&](const auto& stage) {
    delays.wait();
    stage();
    delays.wait();
  };
  run_pipeline(*engine, {.fill =
                             [&](Job& job) {
                               bool filled = false;
                               between_delays([&] { filled = tiler.fill(job); });
                               return filled;
                             },
                         .score =
                             [&](Job& job) {
                               between_delays([&] {
                                 engine->score(*job.batch);
                                 arbiter.settle(job);
                                 caller.foresee(job);
                               });
                             },
                         .take = [&](const Job& job) { between_delays([&] { caller.take(job); }); }});
  caller.finish();
  std::vector<std::string> lines = rows(list.hits);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].append(" ").append(std::to_string(list.hits[i].score));
  return lines;
}

TEST(WholeScan, IsTheSameForAnyThreadsBatchesAndPieces) {
  Model model;
  model.network = seeded_network(1);
  for (const Report report : {Report::regions, Report::windows, Report::best}) {
    const auto expected = scan(model, report, {});
    EXPECT_GT(expected.size(), 5u);
    for (const Way& way : {Way{2, 4096, 1 << 18}, Way{7, 16, 100}, Way{3, 1, 1000}, Way{4, 33, 1}, Way{2, 100, 4096}})
      EXPECT_EQ(scan(model, report, way), expected)
          << way.threads << " threads, " << way.batch_windows << " windows, pieces of " << way.piece;
  }
}

TEST(WholeScan, IsTheSameWhoeverComesFirst) {
  Model model;
  model.network = seeded_network(1);
  const auto expected = scan(model, Report::regions, {});
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    const Way way{1 + random.below(8), std::size_t(1 + random.below(40)), std::size_t(1 + random.below(2000)),
                  1000 * seed};
    EXPECT_EQ(scan(model, Report::regions, way), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace iresweep::test
