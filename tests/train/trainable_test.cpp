// LibTorch's network against the oracle.
#include "host/train/trainable.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "iresweep/error.h"
#include "iresweep/model.h"
#include "kernels/reference/forward.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"

namespace iresweep::train {
namespace {

void expect_oracle(const Network& network, int windows) {
  Trainable trainable(Architecture::full, {}, 1);
  trainable.load(network);
  test::Random random(5);
  std::vector<std::vector<BaseCode>> codes;
  for (int i = 0; i < windows; ++i) codes.push_back(test::random_codes(random, kWindow, i % 3 ? 0 : 0.3));
  codes.emplace_back(kWindow, kMissing);
  const auto logits = trainable.score({codes.begin(), codes.end()});
  ASSERT_EQ(logits.size(), codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const double expected = reference::logit(network, std::span<const BaseCode, kWindow>(codes[i].data(), kWindow));
    EXPECT_LE(std::abs(score_of(logits[i]) - score_of(expected)), 1e-5) << "window " << i;
    EXPECT_LE(std::abs(logits[i] - expected), 1e-5 * std::max(1.0, std::abs(expected))) << "window " << i;
  }
}

TEST(TrainableTest, ScoresAsTheOracleDoes) {
  for (const std::uint64_t seed : {1, 2, 3}) expect_oracle(test::seeded_network(seed), 20);
}

TEST(TrainableTest, ScoresThePublishedWeightsAsTheOracleDoes) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  expect_oracle(load_model(index.parent_path() / "first").network, 20);
}

TEST(TrainableTest, GivesBackTheWeightsThatItWasGiven) {
  const Network network = test::seeded_network(4);
  Trainable trainable(Architecture::full, {}, 1);
  trainable.load(network);
  EXPECT_EQ(weights_hash(trainable.network()), weights_hash(network));
}

TEST(TrainableTest, StartsFromItsSeed) {
  const auto hash = [](std::uint64_t seed) { return weights_hash(Trainable(Architecture::full, {}, seed).network()); };
  EXPECT_EQ(hash(1), hash(1));
  EXPECT_NE(hash(1), hash(2));
}

TEST(TrainableTest, ScoresAWindowAlikeInAnyBatch) {
  Trainable trainable(Architecture::full, {}, 1);
  trainable.load(test::seeded_network(1));
  test::Random random(6);
  std::vector<std::vector<BaseCode>> codes;
  for (int i = 0; i < 300; ++i) codes.push_back(test::random_codes(random, kWindow));
  const auto together = trainable.score({codes.begin(), codes.end()});
  for (const std::size_t i : {std::size_t(0), std::size_t(17), std::size_t(299)})
    EXPECT_LE(std::abs(trainable.score({codes[i]})[0] - together[i]), 1e-6);
}

// Every parameter moves the loss: none was left out of the graph.
TEST(TrainableTest, GivesEveryParameterAGradient) {
  for (const auto& [name, shape] : std::vector<std::pair<std::string, Shape>>{{"full", {}},
                                                                              {"cnn", {}},
                                                                              {"cnn-gru", {}},
                                                                              {"cnn-gru-attention", {}},
                                                                              {"full", {{3, 5}, {8, 16}, 12}},
                                                                              {"cnn", {{1, 7}, {24, 16}, 8}},
                                                                              {"cnn-gru", {{2, 3}, {8, 8}, 4}}}) {
    Trainable trainable(architecture_of(name), shape, 1);
    EXPECT_EQ(name_of(architecture_of(name)), name);
    test::Random random(7);
    std::vector<std::vector<BaseCode>> codes;
    for (int i = 0; i < 16; ++i) codes.push_back(test::random_codes(random, kWindow));
    const auto logits = trainable.forward({codes.begin(), codes.end()}, 0);
    (logits * torch::linspace(-1, 1, 16)).sum().backward();
    for (const auto& parameter : trainable.parameters()) {
      ASSERT_TRUE(parameter.grad().defined()) << name;
      EXPECT_TRUE(parameter.grad().isfinite().all().item<bool>()) << name;
    }
  }
  EXPECT_THROW(architecture_of("rnn"), Error);
}

// The gradient of the whole network against differences of the loss.
void expect_gradient_of_loss(const Shape& shape) {
  Trainable trainable(Architecture::full, shape, 3);
  test::Random random(8);
  std::vector<std::vector<BaseCode>> codes;
  for (int i = 0; i < 16; ++i) codes.push_back(test::random_codes(random, kWindow));
  const auto loss = [&] {
    return (trainable.forward({codes.begin(), codes.end()}, 0) * torch::linspace(-1, 1, 16)).sum();
  };
  loss().backward();
  const torch::NoGradGuard guard;
  for (const auto& parameter : trainable.parameters()) {
    const torch::Tensor gradient = parameter.grad();
    const double norm = gradient.norm().item<double>();
    if (norm < 0.05) continue;  // biases before batch norm have none; tiny ones drown in rounding
    const torch::Tensor before = parameter.clone(), direction = gradient / norm;
    const double reach = 2e-3;
    parameter.copy_(before + direction * reach);
    const double above = loss().item<double>();
    parameter.copy_(before - direction * reach);
    const double below = loss().item<double>();
    parameter.copy_(before);
    EXPECT_NEAR((above - below) / (2 * reach), norm, 0.05 * norm + 0.02);
  }
}

TEST(TrainableTest, HasTheGradientOfItsLoss) { expect_gradient_of_loss({}); }
TEST(TrainableTest, HasTheGradientOfItsLossInOtherSizes) { expect_gradient_of_loss({{3, 4}, {8, 16}, 4}); }

}  // namespace
}  // namespace iresweep::train
