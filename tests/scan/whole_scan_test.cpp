// From records to hits through the pipeline and the real engine: every hit the same, to the last bit, for any number of
// threads, windows in a batch and bases in a piece. What tsan should see run together runs together here.
#include <gtest/gtest.h>

#include <string>
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
  run_pipeline(*engine, {.fill = [&](Job& job) { return tiler.fill(job); },
                         .score =
                             [&](Job& job) {
                               engine->score(*job.batch);
                               arbiter.settle(job);
                               caller.foresee(job);
                             },
                         .take = [&](const Job& job) { caller.take(job); }});
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

}  // namespace
}  // namespace iresweep::test
