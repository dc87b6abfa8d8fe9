// The vectorised operations against LibTorch's own, values and gradients.
#include "host/train/ops.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

namespace iresweep::train {
namespace {

using torch::Tensor;

// Relative to the largest value, or absolute below 1: sums of a thousand terms round in either order.
double difference(const Tensor& a, const Tensor& b) {
  EXPECT_EQ(a.sizes(), b.sizes());
  return (a - b).abs().max().item<double>() / std::max(1.0, b.abs().max().item<double>());
}

Tensor leaf(const std::vector<std::int64_t>& shape) { return torch::randn(shape).set_requires_grad(true); }

// Gradients of a fixed random weighting of y.
std::vector<Tensor> gradients(const Tensor& y, const std::vector<Tensor>& inputs) {
  torch::manual_seed(99);
  return torch::autograd::grad({(y * torch::randn(y.sizes())).sum()}, inputs);
}

// Keras's padding spelled out: left half of (taps - 1) * dilation.
Tensor torch_convolve(const Tensor& x, const Tensor& kernel, const Tensor& bias, int dilation) {
  const std::int64_t total = (kernel.size(0) - 1) * dilation, left = total / 2;
  const Tensor padded = torch::constant_pad_nd(x.permute({2, 1, 0}), {left, total - left});
  const auto options = torch::nn::functional::Conv1dFuncOptions().bias(bias).dilation(dilation);
  return torch::nn::functional::conv1d(padded, kernel.permute({2, 1, 0}), options).permute({2, 1, 0});
}

class ConvolutionTest : public testing::TestWithParam<std::tuple<int, int, int, int>> {};

TEST_P(ConvolutionTest, AgreesWithTorch) {
  const auto [taps, in, out, dilation] = GetParam();
  torch::manual_seed(1);
  for (const int positions : {1, 2, 5, 40}) {
    const Tensor x = leaf({positions, in, 32}), kernel = leaf({taps, in, out}), bias = leaf({out});
    const Tensor y = convolve(x, kernel, bias, dilation), expected = torch_convolve(x, kernel, bias, dilation);
    EXPECT_LE(difference(y, expected), 1e-5);
    const auto ours = gradients(y, {x, kernel, bias}), theirs = gradients(expected, {x, kernel, bias});
    for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_LE(difference(ours[i], theirs[i]), 1e-5) << "gradient " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, ConvolutionTest,
                         testing::Values(std::tuple(1, 16, 32, 1), std::tuple(2, 8, 16, 1), std::tuple(3, 8, 8, 1),
                                         std::tuple(2, 16, 8, 2), std::tuple(3, 32, 16, 2), std::tuple(4, 8, 24, 2),
                                         std::tuple(7, 16, 8, 2)));

TEST(ConvolutionPair, IsTwoConvolutionsSideBySide) {
  torch::manual_seed(2);
  const Tensor x = leaf({20, 16, 16}), k2 = leaf({2, 16, 8}), k3 = leaf({3, 16, 8}), b2 = leaf({8}), b3 = leaf({8});
  const Tensor y = convolve_pair(x, {k2, k3}, {b2, b3}, 2);
  const Tensor expected = torch::cat({torch_convolve(x, k2, b2, 2), torch_convolve(x, k3, b3, 2)}, 1);
  EXPECT_LE(difference(y, expected), 1e-5);
  const auto ours = gradients(y, {x, k2, b2, k3, b3}), theirs = gradients(expected, {x, k2, b2, k3, b3});
  for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_LE(difference(ours[i], theirs[i]), 1e-5) << "gradient " << i;
}

TEST(ConvolutionTest, RefusesAKernelThatIsTooLong) {
  EXPECT_ANY_THROW(convolve(torch::zeros({4, 4, 16}), torch::zeros({8, 4, 8}), torch::zeros({8}), 1));
}

TEST(ConvolutionTest, RefusesABatchThatDoesNotFillTheLanes) {
  EXPECT_ANY_THROW(convolve(torch::zeros({4, 4, 17}), torch::zeros({2, 4, 8}), torch::zeros({8}), 1));
}

// Keras's gate order z, r, h in columns; LibTorch's r, z, n in rows.
Tensor torch_gate_order(const Tensor& weights) {
  const auto gates = weights.split(weights.size(-1) / 3, -1);
  return torch::cat({gates[1], gates[0], gates[2]}, -1);
}

Tensor torch_gru(const Tensor& x, const GruTensors& forward, const GruTensors& backward) {
  std::vector<Tensor> weights;
  for (const auto& direction : {forward, backward})
    for (int i = 0; i < 4; ++i) {
      const Tensor w = torch_gate_order(direction[i]);
      weights.push_back(i < 2 ? w.t().contiguous() : w);
    }
  const Tensor start = torch::zeros({2, x.size(2), forward[1].size(0)});
  const auto [y, last] = torch::gru(x.permute({0, 2, 1}), start, weights, true, 1, 0, false, true, false);
  return y.permute({0, 2, 1});
}

// Inputs and units: the published ones, which have a way of their own, and others.
class BidirectionalGruTest : public testing::TestWithParam<std::tuple<int, int>> {};

TEST_P(BidirectionalGruTest, AgreesWithTorch) {
  const auto [in, units] = GetParam();
  for (const int positions : {1, 2, 30}) {
    torch::manual_seed(3);
    // Sums of about one, whatever their number of terms: with larger weights the recurrence multiplies rounding.
    const auto scaled = [](std::int64_t rows, std::int64_t columns) {
      return (torch::randn({rows, columns}) / std::sqrt(double(rows))).set_requires_grad(true);
    };
    const auto weights = [&, in = in, units = units] {
      return GruTensors{scaled(in, 3 * units), scaled(units, 3 * units), leaf({3 * units}), leaf({3 * units})};
    };
    const GruTensors forward = weights(), backward = weights();
    const Tensor x = leaf({positions, in, 48});
    const Tensor y = bidirectional_gru(x, forward, backward), expected = torch_gru(x, forward, backward);
    EXPECT_LE(difference(y, expected), 2e-6);
    std::vector<Tensor> inputs{x};
    for (const auto& direction : {forward, backward}) inputs.insert(inputs.end(), direction.begin(), direction.end());
    const auto ours = gradients(y, inputs), theirs = gradients(expected, inputs);
    for (std::size_t i = 0; i < ours.size(); ++i)
      EXPECT_LE(difference(ours[i], theirs[i]), 1e-5) << "gradient " << i << ", positions " << positions;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, BidirectionalGruTest,
                         testing::Values(std::tuple(16, 8), std::tuple(16, 4), std::tuple(32, 8), std::tuple(8, 12)));

}  // namespace
}  // namespace iresweep::train
