// What the page knows: the same loci as the caller's regions, and counts that add up.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "host/output/report/report_collector.h"
#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

constexpr double kThreshold = 0.3;

class ReportCollectorTest : public ::testing::Test {
 protected:
  ReportCollectorTest() : network_(seeded_network(1)), arbiter_(network_, kThreshold) {
    Random random(5);
    const std::vector<int> sizes = {3000, 174, 20, 2500, 900, 400, 4000};
    for (std::size_t i = 0; i < sizes.size(); ++i)
      records_.push_back(exact_record(arbiter_, i, random_codes(random, sizes[i], 0.002), 50));
  }

  std::unique_ptr<ReportCollector> collect(const JobOptions& options) const {
    auto found = std::make_unique<ReportCollector>(kThreshold, 8, LocusRules(), arbiter_);
    for (Job& job : make_jobs(records_, options)) {
      arbiter_.settle(job);
      found->take(job);
    }
    found->finish();
    return found;
  }

  static std::string text_of(const Hit& locus) {
    std::string text = fmt::format("{} {} {} {} ", row(locus), locus.score, locus.profile->logit, locus.missing);
    for (const ProfilePoint& point : locus.profile->points) text += fmt::format("{}:{} ", point.start, point.score);
    return text;
  }

  Network network_;
  Arbiter arbiter_;
  std::vector<ExactRecord> records_;
};

TEST_F(ReportCollectorTest, HasTheBestOfTheCallersRegions) {
  const JobOptions options{.minus = true, .noise = 5e-6};
  CallRules rules;
  rules.threshold_logit = kThreshold;
  rules.both_strands = true;
  Called called = call(records_, rules, arbiter_, options);
  const auto found = collect(options);
  EXPECT_EQ(found->called(), called.counts.called);
  EXPECT_EQ(found->loci(), called.counts.loci);
  std::stable_sort(called.hits.begin(), called.hits.end(),
                   [](const Hit& a, const Hit& b) { return a.score > b.score; });
  ASSERT_GT(called.hits.size(), ReportCollector::kTopLoci);
  const auto& top = found->top();
  ASSERT_EQ(top.size(), ReportCollector::kTopLoci);
  for (std::size_t i = 0; i < top.size(); ++i) EXPECT_EQ(row(top[i]), row(called.hits[i])) << i;
}

TEST_F(ReportCollectorTest, KnowsTheSequenceAndTheScoresAround) {
  const auto found = collect({.minus = true});
  for (const Hit& locus : found->top()) {
    const ExactRecord& record = records_[locus.record->index];
    const auto& windows = locus.strand == Strand::plus ? record.plus : record.minus;
    const auto best = std::find_if(windows.begin(), windows.end(),
                                   [&](const ExactWindow& window) { return window.place.start == locus.best_start; });
    ASSERT_NE(best, windows.end());
    EXPECT_EQ(locus.best_codes, best->codes);
    std::vector<std::int64_t> expected, points;
    for (const ExactWindow& window : windows)
      if (window.place.end > locus.best_start - RegionCollector::kFlank &&
          window.place.start < locus.best_start + kWindow + RegionCollector::kFlank)
        expected.push_back(window.place.start);
    for (const ProfilePoint& point : locus.profile->points) points.push_back(point.start);
    EXPECT_EQ(points, expected) << row(locus);
  }
}

TEST_F(ReportCollectorTest, IsTheSameForAnyJobs) {
  std::vector<std::string> expected;
  for (const std::size_t windows : {1000u, 1u, 2u, 7u}) {
    const auto found = collect({.minus = true, .job_windows = windows});
    std::vector<std::string> loci;
    for (const Hit& locus : found->top()) loci.push_back(text_of(locus));
    if (expected.empty()) expected = loci;
    EXPECT_EQ(loci, expected) << windows;
  }
}

TEST_F(ReportCollectorTest, CountsEveryWindowOnce) {
  const auto found = collect({.minus = true});
  std::size_t windows = 0;
  for (const ExactRecord& record : records_) windows += record.plus.size() + record.minus.size();
  std::uint64_t counted = 0, binned = 0, missing = 0;
  for (const Strand strand : {Strand::plus, Strand::minus}) {
    const ScoreCounts& counts = found->counts(strand);
    counted += counts.windows();
    missing += counts.missing();
    for (const std::uint64_t bin : counts.bins()) binned += bin;
    for (std::size_t step = 1; step < found->steps().size(); ++step)
      EXPECT_LE(counts.above(step), counts.above(step - 1));
  }
  EXPECT_EQ(counted, binned);
  EXPECT_EQ(counted + missing, windows);
  EXPECT_GT(missing, 0u);
  const auto step = std::find(found->steps().begin(), found->steps().end(), kThreshold) - found->steps().begin();
  EXPECT_EQ(
      found->counts(Strand::plus).above(std::size_t(step)) + found->counts(Strand::minus).above(std::size_t(step)),
      found->called());
}

TEST(NullShares, AddUpToAllWindows) {
  NullTable table;
  table.windows = 1000;
  for (int i = -40; i <= 40; ++i) {
    table.logit.push_back(i / 8.0);
    table.share.push_back(1 / (1 + std::exp(i / 8.0)));
  }
  double sum = 0;
  for (const double share : null_shares(table)) sum += share;
  EXPECT_TRUE(std::abs(sum - 1) <= 1e-12) << sum;
}

}  // namespace
}  // namespace iresweep::test
