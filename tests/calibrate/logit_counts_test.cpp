// Counts by logit and U: shares, the null table's resolution, tenths, correlation.
#include "host/calibrate/logit_counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "iresweep/error.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

/// About normal, with the spread of real logits.
float random_logit(test::Random& random) {
  double sum = 0;
  for (int i = 0; i < 12; ++i) sum += random.uniform(-0.5, 0.5);
  return float(2 * sum - 1);
}

TEST(LogitCounts, SharesAreThoseOfTheWindows) {
  LogitCounts counts;
  for (const float logit : {-1.0f, 0.0f, 0.0f, 2.5f}) counts.add(logit, 10);
  EXPECT_EQ(counts.windows(), 4u);
  EXPECT_EQ(counts.share_reaching(-2), 1);
  EXPECT_EQ(counts.share_reaching(0), 0.75);
  EXPECT_EQ(counts.share_reaching(0.001), 0.25);
  EXPECT_EQ(counts.share_reaching(2.5), 0.25);
  EXPECT_EQ(counts.share_reaching(3), 0);
  EXPECT_EQ(counts.share_reaching(0, 0, 9), 0);
  EXPECT_EQ(counts.share_reaching(0, 10, 10), 0.75);
}

TEST(LogitCounts, AnEmptyCountIsNoFault) {
  const LogitCounts counts;
  EXPECT_EQ(counts.share_reaching(0), 0);
  EXPECT_EQ(counts.correlation_with_u(), 0);
}

TEST(LogitCounts, TakesExtremesAndRefusesWhatIsNoNumber) {
  LogitCounts counts;
  for (const float logit : {-1e30f, -64.0f, 64.0f, 1e30f}) counts.add(logit, 174);
  EXPECT_EQ(counts.share_reaching(50), 0.5);
  EXPECT_THROW(counts.add(std::numeric_limits<float>::quiet_NaN(), 0), Error);
  EXPECT_THROW(counts.add(std::numeric_limits<float>::infinity(), 0), Error);
  EXPECT_EQ(counts.windows(), 4u);
}

TEST(LogitCounts, TheNullTableIsExactAndFine) {
  test::Random random(1);
  LogitCounts counts;
  std::vector<float> logits;
  for (int i = 0; i < 200'000; ++i) {
    logits.push_back(random_logit(random));
    counts.add(logits.back(), 40);
  }
  std::ranges::sort(logits);
  const NullTable table = counts.null_table();
  ASSERT_EQ(table.logit.size(), table.share.size());
  EXPECT_EQ(table.windows, logits.size());
  EXPECT_EQ(table.share.front(), 1);
  EXPECT_LE(table.share.back(), 5 / double(logits.size()));
  EXPECT_LT(table.logit.size(), 3000u);
  const auto reaching = [&](double logit) {
    return double(logits.end() - std::ranges::lower_bound(logits, logit, {}, [](float x) { return double(x); }));
  };
  for (std::size_t i = 0; i < table.logit.size(); ++i) {
    EXPECT_EQ(table.share[i], reaching(table.logit[i]) / double(logits.size()));
    if (i == 0) continue;
    ASSERT_LT(table.logit[i - 1], table.logit[i]);
    ASSERT_GT(table.share[i - 1], table.share[i]);
  }
  // p of any window: never too small, and too large by at most 1% or what one bin holds.
  for (std::size_t i = 0; i < logits.size(); i += 97) {
    const double exact = reaching(logits[i]), p = table.share_at(logits[i]) * double(logits.size());
    const double bin = exact - reaching(logits[i] + 1.0 / 2048), below = reaching(logits[i] - 1.0 / 2048) - exact;
    ASSERT_GE(p, exact - 1e-6);
    ASSERT_LE(p, std::max(1.01 * (exact + below), exact + bin + below) + 1e-6) << logits[i];
  }
  for (const double rate : {0.1, 0.01, 0.001}) {
    const double share = table.share_at(table.logit_at(rate));
    EXPECT_LE(share, rate);
    EXPECT_GE(share, rate * 0.98);
  }
}

TEST(LogitCounts, OneWindowMakesATable) {
  LogitCounts counts;
  counts.add(1.5f, 3);
  const NullTable table = counts.null_table();
  EXPECT_EQ(table.logit, std::vector<double>{1.5});
  EXPECT_EQ(table.share, std::vector<double>{1});
}

TEST(LogitCounts, CorrelationIsPearsons) {
  LogitCounts rising, none, mixed;
  for (int u = 0; u < 100; ++u) {
    rising.add(std::log(float(u + 1) / float(149 - u)), u);  // score (u + 1) / 150
    none.add(1, u);
  }
  EXPECT_NEAR(rising.correlation_with_u(), 1, 1e-5);
  EXPECT_EQ(none.correlation_with_u(), 0);
  for (const auto& [logit, u] : {std::pair{-1, 10}, {1, 30}, {0, 10}, {0, 30}}) mixed.add(float(logit), u);
  EXPECT_NEAR(mixed.correlation_with_u(), std::sqrt(0.5), 1e-5);
}

TEST(UDeciles, AreEvenAndCoverAll) {
  LogitCounts counts;
  for (int u = 0; u < 100; ++u)
    for (int i = 0; i < 7; ++i) counts.add(0, u);
  const auto groups = u_deciles(counts);
  ASSERT_EQ(groups.size(), 10u);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    EXPECT_EQ(groups[i].least, int(10 * i));
    EXPECT_EQ(groups[i].most, int(10 * i + 9));
  }
  LogitCounts alike;
  alike.add(0, 5);
  alike.add(1, 5);
  ASSERT_EQ(u_deciles(alike).size(), 1u);
  EXPECT_EQ(u_deciles(alike)[0].least, 5);
}

}  // namespace
}  // namespace iresweep
