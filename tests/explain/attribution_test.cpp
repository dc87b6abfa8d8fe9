// Attributions against the oracle and their definitions.
#include "host/explain/attribution.h"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/reference/backward.h"
#include "tests/explain/random_window.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

TEST(Attribution, GradientTimesInputIsTheSlopeOfTheBaseThatIsThere) {
  const Network network = test::seeded_network(1);
  const WindowCodes codes = test::random_window(1, 0.2);
  const Attribution found = attribute(network, codes);
  int missing = 0;
  for (int t = 0; t < kWindow; ++t) {
    missing += codes[t] == kMissing;
    EXPECT_EQ(found.gradient_x_input[t], codes[t] == kMissing ? 0 : found.gradient[t][codes[t]]) << t;
  }
  EXPECT_GT(missing, 10);
}

TEST(Attribution, AttentionIsTheWeightOfEachPosition) {
  const Attribution found = attribute(test::seeded_network(2), test::random_window(2));
  double sum = 0;
  for (const double weight : found.attention) {
    EXPECT_GT(weight, 0);
    sum += weight;
  }
  EXPECT_NEAR(sum, 1, 1e-6);
}

TEST(Attribution, GradCamWeighsChannelsByTheirMeanSlope) {
  const Network network = test::seeded_network(3);
  const WindowCodes codes = test::random_window(3);
  const auto layers = reference::forward(network, codes);
  const auto gradients = reference::backward(network, codes, layers);
  const Attribution found = attribute(network, codes);
  double largest = 0;
  for (int t = 0; t < kWindow; ++t) {
    double sum = 0;
    for (std::size_t c = 0; c < layers.block2[t].size(); ++c) {
      double mean = 0;
      for (int s = 0; s < kWindow; ++s) mean += gradients.block2[s][c];
      sum += layers.block2[t][c] * mean / kWindow;
    }
    EXPECT_NEAR(found.grad_cam[t], std::max(sum, 0.0), 1e-12);
    largest = std::max(largest, found.grad_cam[t]);
  }
  EXPECT_GT(largest, 1e-3);
}

}  // namespace
}  // namespace iresweep
