// The whole chain against the oracle, at odd shapes, and to the last bit in any company and order.
#include "tests/cuda_on_host/chain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "iresweep/model.h"
#include "tests/cuda_on_host/emulator/grid.h"
#include "tests/support/fasta_text.h"
#include "tests/support/shared_data.h"

namespace iresweep::test {
namespace {

constexpr double kScoreTolerance = 1e-5;  // what the engine promises
// What the head alone rounds (kernels_test.cpp), its logits below 16, and as much as half of that from all before it.
// Found: 4e-6.
constexpr double kChainTolerance = 1e-5;

double exact_score(double logit) { return 1 / (1 + std::exp(-logit)); }

void expect_oracle(const NetworkOnDevice& on, const Packed& packed, const std::vector<float>& logits) {
  ASSERT_EQ(packed.starts.size(), logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double expected = reference::logit(on.network, packed.window(i));
    ASSERT_TRUE(std::abs(exact_score(logits[i]) - exact_score(expected)) <= kScoreTolerance)
        << "window " << i << " at " << packed.starts[i] << ": " << logits[i] << " for " << expected;
    ASSERT_TRUE(std::abs(logits[i] - expected) <= kChainTolerance) << "window " << i << ": " << logits[i];
  }
}

struct Shape {
  int length, step;
};

class ChainTest : public testing::TestWithParam<Shape> {};

TEST_P(ChainTest, ScoresLikeTheOracle) {
  const auto [length, step] = GetParam();
  const NetworkOnDevice on(seeded_network(std::uint64_t(length)));
  Random random{std::uint64_t(step)};
  Packed packed;
  packed.add(random_codes(random, length, 0.03), step, 18);
  expect_oracle(on, packed, score_direct(on, packed));
  expect_oracle(on, packed, score_by_planes(on, packed));
}
INSTANTIATE_TEST_SUITE_P(Shapes, ChainTest,
                         testing::Values(Shape{174, 50}, Shape{175, 1}, Shape{181, 7}, Shape{256, 50}, Shape{348, 174},
                                         Shape{600, 50}, Shape{521, 174}),
                         [](const auto& at) {
                           return "length" + std::to_string(at.param.length) + "step" + std::to_string(at.param.step);
                         });

TEST(Chain, SequencesBackToBackWithBlocksOfMissingBases) {
  const NetworkOnDevice on(seeded_network(31));
  Random random(32);
  Packed packed;
  for (const int length : {174, 174, 333, 220, 600}) {
    auto sequence = random_codes(random, length, 0.02);
    const int from = random.below(length);
    std::fill(sequence.begin() + from, sequence.begin() + std::min(length, from + 60), kMissing);
    packed.add(sequence, 50);
  }
  packed.add(std::vector<BaseCode>(200, kMissing), 7);
  expect_oracle(on, packed, score_direct(on, packed));
  expect_oracle(on, packed, score_by_planes(on, packed));
}

TEST(Chain, OneMissingBaseNearEachEnd) {
  const NetworkOnDevice on(seeded_network(33));
  Random random(34);
  const auto clean = random_codes(random, kWindow);
  Packed packed;
  for (int place = 0; place < 14; ++place)
    for (const int at : {place, kWindow - 1 - place}) {
      auto sequence = clean;
      sequence[std::size_t(at)] = kMissing;
      packed.add(sequence, 50);
    }
  expect_oracle(on, packed, score_direct(on, packed));
}

// To the last bit: alone, in another place of a block, or with other sequences on both sides.
TEST(Chain, AWindowsLogitDependsOnItsOwnBasesOnly) {
  const NetworkOnDevice on(seeded_network(35));
  Random random(36);
  Packed many;
  many.add(random_codes(random, 1000, 0.01), 43, 40);
  const auto logits = score_direct(on, many);
  for (const std::size_t i : {0, 7, 19}) {
    Packed alone;
    alone.bases.assign(many.window(i).begin(), many.window(i).end());
    alone.starts = {0};
    EXPECT_EQ(score_direct(on, alone).front(), logits[i]);
    Packed among;
    among.add(random_codes(random, 179), 1);
    among.add(alone.bases, 1);
    among.add(random_codes(random, 174), 1);
    EXPECT_EQ(score_direct(on, among)[6], logits[i]);
  }
}

// Threads between two barriers in any order: a race between them would show in the bits.
TEST(Chain, TheOrderOfThreadsChangesNothing) {
  const NetworkOnDevice on(seeded_network(37));
  Random random(38);
  Packed packed;
  packed.add(random_codes(random, 600, 0.02), 50);
  packed.add(random_codes(random, 210, 0.02), 7);
  const auto direct = score_direct(on, packed), by_planes = score_by_planes(on, packed);
  for (const std::uint64_t seed : {1, 2}) {
    emulator::set_order(seed);
    EXPECT_EQ(score_direct(on, packed), direct) << "order " << seed;
    EXPECT_EQ(score_by_planes(on, packed), by_planes) << "order " << seed;
  }
  emulator::set_order(0);
  EXPECT_EQ(emulator::open_ranges(), 0);
}

// Gates far beyond saturation are clamped where nothing changes any more.
TEST(Chain, SaturatedGatesAreExact) {
  Network network = seeded_network(39);
  for (auto* gru : {&network.forward, &network.backward})
    for (auto& row : gru->kernel)
      for (float& weight : row) weight *= 300;
  const NetworkOnDevice on(network);
  Random random(40);
  Packed packed;
  packed.add(random_codes(random, 500, 0.01), 50);
  expect_oracle(on, packed, score_direct(on, packed));
}

// Weights that were learned reach further than seeded ones.
TEST(Chain, PublishedWeightsScoreLikeTheOracle) {
  const auto index = shared_file("models/deepires/first.index"), fasta = shared_file("goldens/5utr.fa");
  if (!index || !fasta) GTEST_SKIP() << "no published weights and sequences in ../shared";
  const NetworkOnDevice on(load_model((index->parent_path() / "first").string()).network);
  Packed packed;
  for (const auto& record : read_fasta_text(*fasta))
    if (record.codes.size() >= kWindow && packed.starts.size() < 48) packed.add(record.codes, 50, 4);
  expect_oracle(on, packed, score_direct(on, packed));
}

}  // namespace
}  // namespace iresweep::test
