// The backward pass against central differences of the oracle.
#include "kernels/reference/backward.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <vector>

#include "iresweep/model.h"
#include "tests/support/fasta_text.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"

namespace iresweep {
namespace {

using Codes = std::span<const BaseCode, kWindow>;

// Both ends, where zeros stand outside, and the middle.
constexpr int kPositions[] = {0, 1, 2, 5, 6, 7, 40, 87, 130, 166, 167, 168, 171, 172, 173};

// A difference over 2e-6 keeps nine digits of a logit of 14; what the curve adds is of the order 1e-12.
constexpr double kReach = 1e-6, kSlopeTolerance = 1e-7;

reference::Features one_hot(Codes codes) {
  reference::Features bases(kWindow, std::vector<double>(4, 0.0));
  for (int t = 0; t < kWindow; ++t)
    if (codes[t] != kMissing) bases[t][codes[t]] = 1;
  return bases;
}

void expect_central_differences(const Network& network, Codes codes) {
  const auto gradients = reference::backward(network, codes, reference::forward(network, codes));
  ASSERT_EQ(gradients.bases.size(), std::size_t(kWindow));
  reference::Features bases = one_hot(codes);
  double largest = 0;
  for (const int t : kPositions)
    for (int base = 0; base < 4; ++base) {
      const double before = bases[t][base];
      bases[t][base] = before + kReach;
      const double above = reference::forward(network, bases).logit;
      bases[t][base] = before - kReach;
      const double below = reference::forward(network, bases).logit;
      bases[t][base] = before;
      const double slope = (above - below) / (2 * kReach), found = gradients.bases[t][base];
      EXPECT_FALSE(!(std::abs(found - slope) <= kSlopeTolerance * std::max(1.0, std::abs(slope))))
          << "position " << t << ", base " << base << ": " << found << " instead of " << slope;
      largest = std::max(largest, std::abs(found));
    }
  EXPECT_GT(largest, 1e-4) << "gradients of nothing prove nothing";
}

TEST(Backward, AgreesWithCentralDifferences) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    test::Random random(seed);
    const auto codes = test::random_codes(random, kWindow, seed == 3 ? 0.2 : 0);
    expect_central_differences(test::seeded_network(seed), Codes(codes.data(), kWindow));
  }
}

TEST(Backward, AgreesWithCentralDifferencesOfThePublishedWeights) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  IRESWEEP_SHARED_FILE(fasta, "goldens/core.fa");
  const Network network = load_model(index).network;
  int windows = 0;
  for (const auto& record : test::read_fasta_text(fasta)) {
    if (record.codes.size() < kWindow || windows == 2) continue;
    expect_central_differences(network, Codes(record.codes.data(), kWindow));
    ++windows;
  }
  EXPECT_EQ(windows, 2);
}

// What reaches the bases has passed block 1: with its convolutions at zero nothing does.
TEST(Backward, EndsWhereWeightsAreZero) {
  Network network = test::seeded_network(4);
  for (auto& tensor : tensors(network))
    if (tensor.name.starts_with("block1.") && tensor.name.ends_with(".kernel"))
      std::fill(tensor.values.begin(), tensor.values.end(), 0.0f);
  test::Random random(4);
  const auto codes = test::random_codes(random, kWindow);
  const Codes window(codes.data(), kWindow);
  const auto gradients = reference::backward(network, window, reference::forward(network, window));
  for (const auto& position : gradients.bases)
    for (const double value : position) EXPECT_EQ(value, 0.0);
}

}  // namespace
}  // namespace iresweep
