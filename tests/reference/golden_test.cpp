// The oracle against what it gave before, layer by layer, so that it cannot change unseen. That it is right is shown by
// published_test.cpp.
#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "iresweep/model.h"
#include "kernels/reference/forward.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

// Between mathematical libraries exp and tanh differ in the last bit; 174 steps of recurrence carry that to about
// 1e-13.
constexpr double kGoldenTolerance = 1e-11;

std::vector<double> layer_row(const reference::Layers& layers, const std::string& layer, std::size_t position) {
  if (layer == "block1") return layers.block1.at(position);
  if (layer == "block2") return layers.block2.at(position);
  if (layer == "gru") return layers.gru.at(position);
  if (layer == "attention") return layers.attention;
  if (layer == "context") return layers.context;
  throw std::runtime_error("no layer " + layer);
}

TEST(Golden, SeededWeightsAreTheSame) {
  const test::Golden golden = test::read_golden();
  EXPECT_EQ(weights_hash(test::seeded_network(golden.seed)), golden.weights_hash);
}

TEST(Golden, LogitsAreTheSame) {
  const test::Golden golden = test::read_golden();
  const Network network = test::seeded_network(golden.seed);
  ASSERT_EQ(golden.windows.size(), 64u);
  for (std::size_t i = 0; i < golden.windows.size(); ++i) {
    const double logit = reference::logit(network, golden.windows[i].codes);
    EXPECT_FALSE(!(std::abs(logit - golden.windows[i].logit) <= kGoldenTolerance)) << "window " << i << ": " << logit;
  }
}

TEST(Golden, LayersAreTheSame) {
  const test::Golden golden = test::read_golden();
  const Network network = test::seeded_network(golden.seed);
  std::size_t rows = 0;
  for (const test::GoldenWindow& window : golden.windows) {
    if (window.rows.empty()) continue;
    const reference::Layers layers = reference::forward(network, window.codes);
    for (const test::GoldenRow& row : window.rows) {
      const std::vector<double> now = layer_row(layers, row.layer, row.position);
      ASSERT_EQ(now.size(), row.values.size()) << row.layer;
      for (std::size_t i = 0; i < now.size(); ++i)
        EXPECT_FALSE(!(std::abs(now[i] - row.values[i]) <= kGoldenTolerance))
            << row.layer << ", position " << row.position << ", channel " << i << ": " << now[i];
      ++rows;
    }
  }
  EXPECT_EQ(rows, 70u);
}

TEST(Golden, FilesOfAnotherKindAreRefused) {
  const std::string letters(kWindow, 'A');
  const auto read = [](const std::string& text) {
    std::istringstream stream(text);
    return test::read_golden(stream);
  };
  EXPECT_EQ(read("iresweep golden 1\nwindow " + letters + " 0.5\nrow gru 3 1 2\n").windows.at(0).rows.size(), 1u);
  EXPECT_THROW(read(""), std::runtime_error);
  EXPECT_THROW(read("iresweep golden 2\n"), std::runtime_error);
  EXPECT_THROW(read("iresweep golden 1\nwindow ACGT 0.5\n"), std::runtime_error);
  EXPECT_THROW(read("iresweep golden 1\nwindow " + letters + "\n"), std::runtime_error);
  EXPECT_THROW(read("iresweep golden 1\nrow gru 3 1 2\n"), std::runtime_error);
  EXPECT_THROW(read("iresweep golden 1\nwindow " + letters + " 0.5\nrow gru 3 1 nan?\n"), std::runtime_error);
}

}  // namespace
}  // namespace iresweep
