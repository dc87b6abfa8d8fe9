// The arbiter: the threshold's neighbourhood is the oracle's, nothing else is touched, and repeats stay cheap.
#include "host/scan/arbiter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "host/scan/significance.h"
#include "iresweep/model.h"
#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

TEST(OracleRange, HoldsEveryScoreThatTheEngineMayMean) {
  for (double logit = -30; logit <= 30; logit += 0.37) {
    const LogitRange range = oracle_range(float(logit));
    EXPECT_LE(range.low, float(logit));
    EXPECT_GE(range.high, float(logit));
    EXPECT_TRUE(range.high - range.low <= 2.001 * kLogitTolerance);
    EXPECT_TRUE(sigmoid(range.high) - sigmoid(range.low) <= 2.001 * kScoreTolerance);
    // One of the two bounds binds on either side.
    EXPECT_TRUE(range.high - logit >= 0.999 * kLogitTolerance - 1e-5 ||
                sigmoid(range.high) - sigmoid(logit) >= 0.999 * kScoreTolerance - 1e-6)
        << logit;
  }
}

TEST(Arbiter, SettlesOnlyTheNeighbourhoodOfTheThreshold) {
  const Network network = seeded_network(11);
  const Arbiter oracle(network, std::nullopt);
  Random random(1);
  const auto record = exact_record(oracle, 0, random_codes(random, 800), 50);
  const double threshold = record.plus[3].logit;
  auto jobs = make_jobs({record}, {});
  auto& logits = jobs[0].batch->logits;
  const float off = std::nextafter(float(threshold), 100.0f) + 1e-5f;
  logits[3] = off;
  const std::vector<float> before(logits.begin(), logits.end());

  const Arbiter arbiter(network, threshold);
  arbiter.settle(jobs[0]);
  EXPECT_FALSE(double(logits[3]) > threshold) << "the oracle does not exceed its own score";
  EXPECT_NEAR(logits[3], threshold, 1e-6);
  for (std::size_t i = 0; i < record.plus.size(); ++i)
    if (i != 3) {
      EXPECT_EQ(logits[i], before[i]);
    }
  EXPECT_EQ(arbiter.oracle_windows(), 1u);
}

TEST(Arbiter, HasNothingToDoWithoutAThreshold) {
  const Network network = seeded_network(11);
  Random random(1);
  const auto record = exact_record(Arbiter(network, std::nullopt), 0, random_codes(random, 800), 50);
  for (const std::optional<double> threshold : {std::optional<double>(), {kInfinity}, {-kInfinity}}) {
    auto jobs = make_jobs({record}, {});
    jobs[0].batch->logits[0] = std::numeric_limits<float>::quiet_NaN();
    const Arbiter arbiter(network, threshold);
    arbiter.settle(jobs[0]);
    EXPECT_EQ(arbiter.oracle_windows(), 0u);
    EXPECT_TRUE(std::isnan(jobs[0].batch->logits[0]));
  }
}

// 100 kb of a microsatellite at step 1, every window at the threshold and as good as every other.
TEST(Arbiter, AsksOncePerKindOfWindowInRepeats) {
  const Network network = seeded_network(11);
  const Arbiter oracle(network, std::nullopt);
  std::vector<BaseCode> codes;
  for (int i = 0; i < 20000; ++i) codes.push_back(BaseCode(i % 3));
  for (int i = 0; i < 20000; ++i) codes.push_back(kMissing);
  const auto record = exact_record(oracle, 0, codes, 1);
  for (const Report report : {Report::regions, Report::windows, Report::best}) {
    CallRules rules;
    rules.report = report;
    rules.threshold_logit = record.plus.front().logit - 1e-6;
    rules.max_missing = kWindow;
    const Arbiter arbiter(network, rules.threshold_logit);
    call({record}, rules, arbiter, {.minus = true, .noise = 1e-5});
    EXPECT_LE(arbiter.oracle_windows(), 2 * (3 + 2 * kWindow + 1)) << "phases, edges of the gap, the gap";
  }
}

TEST(Arbiter, IsNotAskedAboutStepsThatNobodySees) {
  const Network network = seeded_network(11);
  const Arbiter oracle(network, std::nullopt);
  Random random(9);
  const auto record = exact_record(oracle, 0, random_codes(random, 2000), 5);
  for (const bool shown : {false, true}) {
    const Arbiter arbiter(network, -kInfinity);
    CallRules rules;
    rules.report = Report::windows;
    rules.threshold_logit = -kInfinity;
    rules.shows_steps = shown;
    call({record}, rules, arbiter, {});
    EXPECT_EQ(arbiter.oracle_windows() > 0, shown);
    EXPECT_LT(arbiter.oracle_windows(), record.plus.size() / 10);
  }
}

TEST(Arbiter, AnswersSeveralThreadsAlike) {
  const Network network = seeded_network(11);
  const Arbiter arbiter(network, 0);
  Random random(2);
  std::vector<WindowCodes> windows(8);
  std::vector<double> expected;
  for (WindowCodes& codes : windows) {
    for (BaseCode& code : codes) code = BaseCode(random.below(5));
    expected.push_back(Arbiter(network, 0).exact_logit(codes));
  }
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round)
        for (std::size_t i = 0; i < windows.size(); ++i) EXPECT_EQ(arbiter.exact_logit(windows[i]), expected[i]);
    });
}

TEST(Significance, StepsAtPowersOfTen) {
  EXPECT_EQ(significance(1), 0);
  EXPECT_EQ(significance(0.11), 0);
  EXPECT_EQ(significance(0.1), 1);
  EXPECT_EQ(significance(1e-3), 3);
  EXPECT_EQ(significance(1e-300), kSignificanceLevels - 1);
}

}  // namespace
}  // namespace iresweep::test
