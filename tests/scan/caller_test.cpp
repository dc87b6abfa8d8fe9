// The caller against a naive one, over real scores of a seeded network: every report, strand and split, and engines
// that err by as much as they may.
#include "host/scan/caller.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "host/scan/significance.h"
#include "iresweep/error.h"
#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

// In `tight` all scores lie within a few 1e-5 of each other, so that every engine's error could change every row.
Network network_of(bool tight) {
  Network network = seeded_network(11);
  if (tight)
    for (auto& column : network.output.kernel) column[0] *= 1e-5f;
  return network;
}

std::vector<BaseCode> repeat(const std::vector<BaseCode>& unit, int length) {
  std::vector<BaseCode> codes;
  for (int i = 0; i < length; ++i) codes.push_back(unit[std::size_t(i) % unit.size()]);
  return codes;
}

std::vector<ExactRecord> records_of(const Arbiter& oracle) {
  Random random(5);
  std::vector<std::vector<BaseCode>> sequences;
  for (const int length : {1, 100, 173, 174, 175, 224, 250, 348, 700, 901})
    sequences.push_back(random_codes(random, length, length % 2 ? 0.03 : 0));
  sequences.push_back(std::vector<BaseCode>(600, kMissing));
  sequences.push_back(repeat({0, 1, 3}, 700));
  sequences.push_back(repeat({3}, 500));
  sequences.push_back(repeat({0, 3}, 501));  // its own reverse complement
  auto gap = random_codes(random, 1000);
  std::fill_n(gap.begin() + 300, 400, kMissing);
  sequences.push_back(gap);
  std::vector<ExactRecord> records;
  for (const auto& codes : sequences) records.push_back(exact_record(oracle, records.size(), codes, 37));
  return records;
}

struct World {
  explicit World(bool tight) : network(network_of(tight)), oracle(network, std::nullopt), records(records_of(oracle)) {}

  /// The logit that a share of all windows exceeds: one window's own, the hardest place for a threshold.
  double quantile(double share) const {
    std::vector<double> logits;
    for (const ExactRecord& record : records)
      for (const ExactWindow& window : record.plus) logits.push_back(window.logit);
    std::sort(logits.begin(), logits.end());
    return logits[std::size_t(double(logits.size() - 1) * (1 - share))];
  }

  Network network;
  Arbiter oracle;
  std::vector<ExactRecord> records;
};

const World& world(bool tight) {
  if (tight) {
    static const World tight_world(true);
    return tight_world;
  }
  static const World loose_world(false);
  return loose_world;
}

class CallerRules : public testing::TestWithParam<std::tuple<bool, Report, std::string>> {};

TEST_P(CallerRules, AgreeWithANaiveCaller) {
  const auto [tight, report, strands] = GetParam();
  const World& w = world(tight);
  for (const double share : {0.05, 0.4, 1.0}) {
    CallRules rules;
    rules.report = report;
    rules.threshold_logit = w.quantile(share);
    const Arbiter arbiter(w.network, rules.threshold_logit);
    for (const int max_missing : {0, 8, kWindow})
      for (const double noise : {0.0, 1e-5})
        for (const std::size_t job_windows : {1, 3, 1000}) {
          rules.max_missing = max_missing;
          JobOptions options{.plus = strands != "-", .minus = strands != "+", .job_windows = job_windows};
          options.noise = noise;
          options.seed = std::uint64_t(1000 * share) + 7 * std::uint64_t(max_missing);
          const auto hits = call(w.records, rules, arbiter, options).hits;
          const auto expected = naive_hits(w.records, rules, options);
          ASSERT_EQ(rows(hits), rows(expected)) << "share " << share << ", " << job_windows << " windows a job";
          for (std::size_t i = 0; i < hits.size(); ++i)
            ASSERT_TRUE(std::abs(hits[i].score - expected[i].score) <= noise + 1.2e-7) << row(hits[i]);
        }
  }
}

INSTANTIATE_TEST_SUITE_P(All, CallerRules,
                         testing::Combine(testing::Bool(),
                                          testing::Values(Report::regions, Report::windows, Report::best),
                                          testing::Values("+", "-", "both")));

TEST(Caller, GivesTheSameBytesForEverySplit) {
  const World& w = world(false);
  const Arbiter arbiter(w.network, w.quantile(0.3));
  for (const Report report : {Report::regions, Report::windows, Report::best}) {
    CallRules rules;
    rules.report = report;
    rules.threshold_logit = w.quantile(0.3);
    JobOptions options{.minus = true, .noise = 1e-5};
    const auto expected = call(w.records, rules, arbiter, options).hits;
    for (const std::size_t job_windows : {1, 2, 5, 17}) {
      options.job_windows = job_windows;
      const auto hits = call(w.records, rules, arbiter, options).hits;
      ASSERT_EQ(rows(hits), rows(expected));
      for (std::size_t i = 0; i < hits.size(); ++i) EXPECT_EQ(hits[i].score, expected[i].score);
    }
  }
}

TEST(Caller, CountsWhatItSaw) {
  const World& w = world(false);
  CallRules rules;
  rules.threshold_logit = w.quantile(0.3);
  rules.null_table = NullTable{{rules.threshold_logit - 1, rules.threshold_logit}, {1, 0.25}, 1000};
  const Arbiter arbiter(w.network, rules.threshold_logit);
  const CallCounts regions = call(w.records, rules, arbiter, {.minus = true}).counts;
  rules.report = Report::windows;
  const auto [windows, counts] = call(w.records, rules, arbiter, {.minus = true});

  std::uint64_t all = 0, missing = 0;
  for (const ExactRecord& record : w.records)
    for (const auto* strand : {&record.plus, &record.minus})
      for (const ExactWindow& window : *strand) ++all, missing += window.place.missing > rules.max_missing;
  EXPECT_EQ(counts.windows, all);
  EXPECT_EQ(counts.missing, missing);
  EXPECT_EQ(counts.called, windows.size());
  EXPECT_EQ(counts.rows, windows.size());
  EXPECT_EQ(regions.called, windows.size());
  EXPECT_EQ(regions.loci, regions.rows);
  EXPECT_EQ(counts.loci, regions.loci);
  ASSERT_TRUE(counts.expected_by_chance);
  EXPECT_DOUBLE_EQ(*counts.expected_by_chance, 0.25 * double(all - missing));
  std::vector<std::uint64_t> with_call;
  for (const Hit& hit : windows)
    if (with_call.empty() || with_call.back() != hit.record->index) with_call.push_back(hit.record->index);
  EXPECT_EQ(counts.records_with_call, with_call.size());
}

// Two windows that only touch are two regions; a shared base makes them one.
TEST(Caller, KeepsBookEndedWindowsApart) {
  const World& w = world(false);
  Random random(3);
  CallRules rules;
  rules.threshold_logit = -kInfinity;
  const auto codes = random_codes(random, 348);
  EXPECT_EQ(call({exact_record(w.oracle, 0, codes, 174)}, rules, w.oracle, {}).hits.size(), 2u);
  const auto merged = call({exact_record(w.oracle, 0, codes, 173)}, rules, w.oracle, {}).hits;
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_EQ(merged[0].end, 348);
  EXPECT_EQ(merged[0].windows, 3u);
}

TEST(Caller, TellsDuplicateNamesApart) {
  const World& w = world(false);
  Random random(4);
  const auto codes = random_codes(random, 174);
  auto first = exact_record(w.oracle, 0, codes, 50), second = exact_record(w.oracle, 1, codes, 50);
  second.record = std::make_shared<Record>(Record{first.record->name, 1});
  CallRules rules;
  rules.threshold_logit = -kInfinity;
  EXPECT_EQ(call({first, second}, rules, w.oracle, {}).hits.size(), 2u);
}

TEST(Caller, GivesTheShareOfNullWindowsAsP) {
  const World& w = world(false);
  Random random(6);
  const auto record = exact_record(w.oracle, 0, random_codes(random, 324), 50);
  CallRules rules;
  rules.threshold_logit = -kInfinity;
  rules.null_table = NullTable{{-1000}, {1e-12}, std::uint64_t(1e12)};
  for (const Hit& hit : call({record}, rules, w.oracle, {}).hits) EXPECT_EQ(hit.p, 1e-12);
  rules.report = Report::best;
  const auto best = call({record}, rules, w.oracle, {.minus = true}).hits;
  ASSERT_EQ(best.size(), 1u);
  EXPECT_EQ(best[0].windows, 8u);
  ASSERT_TRUE(best[0].p);
  EXPECT_TRUE(std::abs(*best[0].p / 8e-12 - 1) <= 1e-9) << *best[0].p;
}

TEST(Caller, GivesNoPForPadding) {
  const World& w = world(false);
  CallRules rules;
  rules.report = Report::best;
  rules.threshold_logit = kInfinity;
  rules.null_table = NullTable{{-1000}, {0.5}, 1000};
  const auto record = exact_record(w.oracle, 0, std::vector<BaseCode>(100, 2), 50);
  const auto [hits, counts] = call({record}, rules, w.oracle, {});
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_FALSE(hits[0].p);
  EXPECT_EQ(hits[0].missing, 74);
  EXPECT_EQ(counts.called, 0u);
  EXPECT_FALSE(counts.expected_by_chance);
}

TEST(Caller, RefusesAScoreThatIsNoNumber) {
  const World& w = world(false);
  Random random(8);
  auto record = exact_record(w.oracle, 0, random_codes(random, 400), 50);
  record.plus[2].logit = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(call({record}, {}, w.oracle, {}), Error);
}

// Asking early changes no hit, and leaves nothing to be asked later where segments are whole records.
TEST(Caller, ForeseesWhatItWillAsk) {
  const World& w = world(false);
  for (const Report report : {Report::regions, Report::windows, Report::best}) {
    CallRules rules;
    rules.report = report;
    rules.threshold_logit = w.quantile(0.6);
    const JobOptions options{.job_windows = 100000, .noise = 1e-5};
    const Arbiter late(w.network, rules.threshold_logit), early(w.network, rules.threshold_logit);
    const auto expected = call(w.records, rules, late, {.job_windows = 100000, .noise = 1e-5, .foresee = false}).hits;

    HitList list;
    Caller caller(rules, early, list);
    auto jobs = make_jobs(w.records, options);
    for (Job& job : jobs) {
      early.settle(job);
      caller.foresee(job);
    }
    const auto asked = early.oracle_windows();
    for (const Job& job : jobs) caller.take(job);
    caller.finish();
    EXPECT_EQ(rows(list.hits), rows(expected));
    EXPECT_EQ(early.oracle_windows(), asked);
    EXPECT_GT(asked, 0u);
    EXPECT_EQ(late.oracle_windows(), asked) << "nothing is asked in vain";
  }
}

// The colour of p must not hang on the engine's rounding.
TEST(Caller, DecidesStepsOfPByTheOracle) {
  const World& w = world(false);
  CallRules rules;
  rules.report = Report::windows;
  rules.threshold_logit = -kInfinity;
  for (const ExactRecord& record : w.records) {
    const double edge = record.plus.front().logit;
    rules.null_table = NullTable{{-1000, edge}, {1, 1e-4}, 100000};
    const int expected = significance(rules.null_table->share_at(edge));
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
      const auto hits = call({record}, rules, w.oracle, {.noise = 1e-5, .seed = seed}).hits;
      if (!hits.empty() && hits.front().start == 0) {
        EXPECT_EQ(significance(*hits.front().p), expected);
      }
    }
  }
}

TEST(Caller, TellsRegionsWhereSomethingElseIsReported) {
  const World& here = world(false);
  CallRules rules;
  rules.threshold_logit = here.quantile(0.3);
  rules.both_strands = true;
  const Arbiter arbiter(here.network, rules.threshold_logit);
  const JobOptions options{.minus = true, .job_windows = 9};
  const auto text = [](const Hit& hit) {
    return fmt::format("{} {}-{}{} windows {}", hit.record->name, hit.start, hit.end, char(hit.strand), hit.windows);
  };
  std::vector<std::string> expected;
  for (const Hit& hit : naive_hits(here.records, rules, options)) expected.push_back(text(hit));
  std::sort(expected.begin(), expected.end());
  for (const Report report : {Report::windows, Report::best, Report::regions}) {
    rules.report = report;
    HitList rows, regions;
    Caller caller(rules, arbiter, rows, &regions);
    for (Job& job : make_jobs(here.records, options)) {
      arbiter.settle(job);
      caller.take(job);
    }
    caller.finish();
    std::vector<std::string> told;
    for (const Hit& hit : regions.hits) told.push_back(text(hit));
    std::sort(told.begin(), told.end());
    EXPECT_EQ(told, report == Report::regions ? std::vector<std::string>() : expected);
    EXPECT_EQ(caller.counts().loci, expected.size());
  }
}

}  // namespace
}  // namespace iresweep::test
