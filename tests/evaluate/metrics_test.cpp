// Metrics against scikit-learn's, ties and tiny sets among them; intervals from resamples.
#include "host/evaluate/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "host/evaluate/bootstrap.h"
#include "host/evaluate/evaluation.h"
#include "tests/evaluate/metrics_fixture.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

TEST(Metrics, AgreeWithScikitLearn) {
  for (const auto& one : test::kMetricsCases) {
    const auto values = Ranking(one.scores, one.positive, test::kFixtureThreshold).measure();
    for (std::size_t i = 0; i < kMetrics.size(); ++i)
      EXPECT_TRUE(std::abs(values[i] - one.expected[i]) <= 1e-12)
          << one.name << ", " << kMetrics[i].key << ": " << values[i] << ", " << test::kFixtureSource << " says "
          << one.expected[i];
  }
}

TEST(Metrics, RecordsTakenOftenCountOften) {
  const std::vector<double> scores{0.9, 0.6, 0.6, 0.2}, spelled_out{0.9, 0.9, 0.9, 0.6, 0.2, 0.2};
  const std::vector<bool> positive{true, false, true, false}, spelled_labels{true, true, true, true, false, false};
  const std::vector<std::uint32_t> times{3, 0, 1, 2};
  const auto taken = Ranking(scores, positive, 0.5).measure(times);
  const auto same = Ranking(spelled_out, spelled_labels, 0.5).measure();
  for (std::size_t i = 0; i < kMetrics.size(); ++i) EXPECT_DOUBLE_EQ(taken[i], same[i]) << kMetrics[i].key;
}

TEST(Metrics, PointsGoThroughTies) {
  const auto points = Ranking(std::vector{0.9, 0.5, 0.5, 0.1}, {true, true, false, false}, 0.5).points();
  ASSERT_EQ(points.size(), 4u);
  EXPECT_EQ(points[0].positives + points[0].negatives, 0u);
  EXPECT_EQ(points[1].positives, 1u);
  EXPECT_EQ(points[2].positives, 2u);
  EXPECT_EQ(points[2].negatives, 1u);
  EXPECT_EQ(points[3].negatives, 2u);
}

struct Made {
  std::vector<double> scores;
  std::vector<bool> positive;
};
Made made(int size, double gain, std::uint64_t seed) {
  test::Random random(seed);
  Made result;
  for (int i = 0; i < size; ++i) {
    result.positive.push_back(i % 3 == 0);
    result.scores.push_back(random.uniform(0, 1) + (i % 3 == 0 ? gain : 0));
  }
  return result;
}

TEST(Bootstrap, IntervalsHaveTheWidthOfTheory) {
  const Made data = made(600, 0.3, 3);
  const Ranking rankings[] = {Ranking(data.scores, data.positive, 0.5)};
  const auto result = bootstrap(rankings, data.positive, {2000, 1});
  const Estimate auroc = at(result.metrics[0], Metric::auroc), sensitivity = at(result.metrics[0], Metric::sensitivity);
  // Hanley and McNeil's standard error.
  const double a = auroc.value, q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
  const double error = std::sqrt((a * (1 - a) + 199 * (q1 - a * a) + 399 * (q2 - a * a)) / (200.0 * 400.0));
  EXPECT_NEAR(auroc.high - auroc.low, 2 * 1.96 * error, 0.15 * 2 * 1.96 * error);
  EXPECT_LT(auroc.low, a);
  EXPECT_GT(auroc.high, a);
  const double p = sensitivity.value, binomial = 2 * 1.96 * std::sqrt(p * (1 - p) / 200);
  EXPECT_NEAR(sensitivity.high - sensitivity.low, binomial, 0.15 * binomial);
}

TEST(Bootstrap, IsTheSameForOneSeedOnly) {
  const Made data = made(90, 0.2, 4);
  const Ranking rankings[] = {Ranking(data.scores, data.positive, 0.5)};
  const auto low = [&](std::uint64_t seed) {
    return at(bootstrap(rankings, data.positive, {200, seed}).metrics[0], Metric::auroc).low;
  };
  EXPECT_EQ(low(1), low(1));
  EXPECT_NE(low(1), low(2));
}

TEST(Bootstrap, KeepsClassSizes) {
  // With one positive and one negative every resample is the set itself.
  const std::vector<bool> positive{true, false};
  const Ranking rankings[] = {Ranking(std::vector{0.8, 0.3}, positive, 0.5)};
  const auto result = bootstrap(rankings, positive, {50, 1});
  for (const Estimate& estimate : result.metrics[0]) {
    EXPECT_EQ(estimate.low, estimate.value);
    EXPECT_EQ(estimate.high, estimate.value);
  }
}

TEST(Bootstrap, PairsTheModels) {
  const Made first = made(300, 0.3, 5);
  Made second = first;
  for (double& score : second.scores) score *= 2;  // the same order
  const Ranking rankings[] = {Ranking(first.scores, first.positive, 0.5), Ranking(second.scores, first.positive, 0.5)};
  const auto result = bootstrap(rankings, first.positive, {200, 1});
  EXPECT_EQ(result.auroc_gain[1].low, 0);
  EXPECT_EQ(result.auroc_gain[1].high, 0);
  EXPECT_EQ(at(result.metrics[0], Metric::auroc).low, at(result.metrics[1], Metric::auroc).low);
}

TEST(Spread, IsTheSamples) {
  const auto [mean, sd] = spread_of({1, 2, 3, 4});
  EXPECT_EQ(mean, 2.5);
  EXPECT_NEAR(sd, 1.2909944487, 1e-9);
  EXPECT_EQ(spread_of({7}).sd, 0);
}

}  // namespace
}  // namespace iresweep
