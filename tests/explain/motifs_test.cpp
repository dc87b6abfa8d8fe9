// Which records give a motif, and which of their bases it is.
#include "host/explain/motifs.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/support/fasta_text.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

TEST(Motifs, BestStretchHasTheHighestSum) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(best_stretch({1, 2, 3, 0, 3, 2}, 2), 1);
  EXPECT_EQ(best_stretch({-3, -1, -2}, 1), 1);
  EXPECT_EQ(best_stretch({9, kNone, 1, 1}, 2), 2);
  EXPECT_EQ(best_stretch({9, kNone, 1}, 2), std::nullopt);
  EXPECT_EQ(best_stretch({1}, 2), std::nullopt);
}

TEST(Motifs, ZeroEverywhereHasNoBestStretch) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(best_stretch({0, 0, 0, 0}, 2), std::nullopt);
  EXPECT_EQ(best_stretch({0, -0.0, 0}, 1), std::nullopt);
  EXPECT_EQ(best_stretch({0, 0, kNone, 5}, 2), std::nullopt);
  EXPECT_EQ(best_stretch({0, 0, 0, 1e-300}, 2), 2);
}

TEST(Motifs, OfEqualSumsTheMiddleOfTheFirstRun) {
  // Whatever stands alone lies amid its stretch.
  EXPECT_EQ(best_stretch({0, 0, 0, 0, 7, 0, 0, 0, 0}, 5), 2);
  EXPECT_EQ(best_stretch({0, 0, 0, 0, 3, 4, 0, 0, 0, 0}, 4), 3);
  EXPECT_EQ(best_stretch({7, 0, 0, 0, 0}, 3), 0);
  EXPECT_EQ(best_stretch({2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2}, 2), 2);
  // A repeat of three: sums of the same values, each in another order.
  EXPECT_EQ(best_stretch({0, 0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0}, 3), 2);
}

// An engine that counts As: mutagenesis finds where they are.
LabelledRecord record(const std::string& name, int as, bool positive) {
  std::string bases(kWindow, 'C');
  bases.replace(40, std::size_t(as), std::size_t(as), 'A');
  return {name, test::encode(bases), positive};
}

TEST(Motifs, ComeFromTruePositivesOfTheTopShare) {
  test::FunctionEngine engine([](auto codes) { return double(std::count(codes.begin(), codes.end(), 0)) - 5; });
  LabelledSet set;
  set.records = {record("low", 3, true),
                 record("good", 10, true),
                 record("negative", 20, false),
                 record("better", 12, true),
                 {"short", test::encode("ACGT"), true}};
  MotifOptions options{.top = 0.75, .k = 6, .methods = {false, false, false, true}};
  const Network network = test::seeded_network(1);
  auto found = find_motifs(engine, network, set, options);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->records, 5u);
  EXPECT_EQ(found->scored, 4u);
  EXPECT_EQ(found->considered, 3u);
  EXPECT_EQ(found->true_positives, 2u);
  ASSERT_EQ(found->motifs.size(), 2u);
  EXPECT_EQ(found->motifs[0].name, "good");
  EXPECT_EQ(found->motifs[0].bases, "AAAAAA");
  EXPECT_EQ(found->motifs[0].start, 42);  // in the middle of its 10 As
  EXPECT_NEAR(found->motifs[0].sum, 6, 1e-6);
  EXPECT_EQ(found->motifs[1].name, "better");
  EXPECT_EQ(found->without_motif, 0u);
  options.top = 0.26;
  found = find_motifs(engine, network, set, options);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->motifs.size(), 1u);
  EXPECT_EQ(found->motifs[0].name, "better");
}

TEST(Motifs, AWindowWithoutMotifIsLeftOutAndCounted) {
  // Nothing that is done to "flat" changes its logit.
  test::FunctionEngine engine([](auto codes) {
    const bool flat = std::count(codes.begin(), codes.end(), 3) > 10;
    return flat ? 9.0 : double(std::count(codes.begin(), codes.end(), 0));
  });
  LabelledSet set;
  LabelledRecord flat{"flat", test::encode(std::string(20, 'T') + std::string(kWindow - 20, 'C')), true};
  set.records = {record("good", 10, true), flat, record("negative", 2, false)};
  const MotifOptions options{.top = 1, .k = 6, .methods = {false, false, false, true}};
  const auto found = find_motifs(engine, test::seeded_network(1), set, options);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->true_positives, 2u);
  EXPECT_EQ(found->without_motif, 1u);
  ASSERT_EQ(found->motifs.size(), 1u);
  EXPECT_EQ(found->motifs[0].name, "good");
}

}  // namespace
}  // namespace iresweep
