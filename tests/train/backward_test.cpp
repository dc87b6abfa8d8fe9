// The oracle's backward pass against autograd of LibTorch's own operations, in double.
#include "kernels/reference/backward.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <array>
#include <map>
#include <string>

#include "iresweep/model.h"
#include "tests/support/fasta_text.h"
#include "tests/support/seeded_network.h"
#include "tests/support/shared_data.h"

namespace iresweep {
namespace {

using torch::Tensor;
using Window = std::array<BaseCode, kWindow>;

// The issue asks for 1e-6; two orders of summation in double leave it far behind.
constexpr double kTolerance = 1e-9;

/// The network by LibTorch's own layers; features are [window][channel][position].
class TorchNetwork {
 public:
  explicit TorchNetwork(const Network& network) {
    for (const auto& tensor : tensors(network)) {
      const std::vector<std::int64_t> shape(tensor.shape.begin(), tensor.shape.end());
      weights_[tensor.name] =
          torch::from_blob(const_cast<float*>(tensor.values.data()), shape).clone().to(torch::kFloat64);
    }
  }

  Tensor features(const Tensor& bases) const { return block(block(bases, "block1", 1), "block2", 2); }

  Tensor attention(const Tensor& states) const {
    const Tensor units = (states.matmul(at("attention.kernel")) + at("attention.bias")).tanh();
    const Tensor energy = units.matmul(at("attention.context")).exp();
    return energy / (energy.sum(1, true) + kAttentionEpsilon);
  }

  // [window][position][16]
  Tensor states(const Tensor& features) const {
    std::vector<Tensor> weights;
    for (const auto* direction : {"gru.forward.", "gru.backward."})
      for (const auto* part : {"kernel", "recurrent", "input_bias", "recurrent_bias"}) {
        // Keras's gates are z, r, h in columns; LibTorch's r, z, n in rows.
        const auto gates = at(std::string(direction) + part).split(Gru::kUnits, -1);
        const Tensor turned = torch::cat({gates[1], gates[0], gates[2]}, -1);
        weights.push_back(turned.dim() == 2 ? turned.t().contiguous() : turned);
      }
    const Tensor start = torch::zeros({2, features.size(0), Gru::kUnits}, torch::kFloat64);
    return std::get<0>(torch::gru(features.transpose(1, 2), start, weights, true, 1, 0, false, true, true));
  }

  Tensor logits(const Tensor& features) const {
    const Tensor h = states(features);
    const Tensor context = (h * attention(h).unsqueeze(2)).sum(1);
    const Tensor hidden = normalise(context.matmul(at("hidden.kernel")) + at("hidden.bias"), "hidden_norm").relu();
    return (hidden.matmul(at("output.kernel")) + at("output.bias")).squeeze(1);
  }

 private:
  const Tensor& at(const std::string& name) const { return weights_.at(name); }

  Tensor normalise(const Tensor& x, const std::string& norm) const {
    return torch::batch_norm(x, at(norm + ".gamma"), at(norm + ".beta"), at(norm + ".mean"), at(norm + ".variance"),
                             false, 0, kBatchNormEpsilon, false);
  }

  // Keras pads with half of (taps - 1) * dilation zeros on the left, rounded down.
  Tensor convolve(const Tensor& x, const std::string& layer, int dilation) const {
    const Tensor kernel = at(layer + ".kernel").permute({2, 1, 0});
    const std::int64_t total = (kernel.size(2) - 1) * dilation, left = total / 2;
    const auto options = torch::nn::functional::Conv1dFuncOptions().bias(at(layer + ".bias")).dilation(dilation);
    return torch::nn::functional::conv1d(torch::constant_pad_nd(x, {left, total - left}), kernel, options);
  }

  Tensor branches(const Tensor& x, const std::string& layer, int dilation) const {
    std::vector<Tensor> both;
    for (const auto* taps : {"_k2", "_k3"})
      both.push_back(normalise(convolve(x, layer + taps, dilation), layer + taps + "_norm").relu());
    return torch::cat(both, 1);
  }

  Tensor block(const Tensor& x, const std::string& name, int dilation) const {
    const Tensor y = branches(branches(x, name + ".first", dilation), name + ".second", dilation);
    return (y + convolve(x, name + ".shortcut", 1)).relu();
  }

  std::map<std::string, Tensor> weights_;
};

// Largest difference between rows of the oracle and a tensor [channel][position].
double difference(const reference::Features& ours, const Tensor& theirs) {
  const auto values = theirs.accessor<double, 2>();
  double largest = 0;
  for (std::size_t t = 0; t < ours.size(); ++t)
    for (std::size_t c = 0; c < ours[t].size(); ++c) {
      const double apart = std::abs(ours[t][c] - values[std::int64_t(c)][std::int64_t(t)]);
      if (!(apart <= largest)) largest = apart;
    }
  return largest;
}

void expect_autograd(const Network& network, const std::vector<Window>& windows) {
  const auto count = std::int64_t(windows.size());
  Tensor bases = torch::zeros({count, 4, kWindow}, torch::kFloat64);
  for (std::int64_t i = 0; i < count; ++i)
    for (int t = 0; t < kWindow; ++t)
      if (const BaseCode code = windows[std::size_t(i)][std::size_t(t)]; code != kMissing) bases[i][code][t] = 1;
  bases.set_requires_grad(true);
  const TorchNetwork torch_network(network);
  const Tensor features = torch_network.features(bases), logits = torch_network.logits(features);
  const Tensor weights = torch_network.attention(torch_network.states(features)).detach();
  const auto gradients = torch::autograd::grad({logits.sum()}, {bases, features});
  for (std::int64_t i = 0; i < count; ++i) {
    const Window& codes = windows[std::size_t(i)];
    const auto layers = reference::forward(network, codes);
    const auto ours = reference::backward(network, codes, layers);
    SCOPED_TRACE(i);
    EXPECT_LE(std::abs(layers.logit - logits[i].item<double>()), kTolerance);
    EXPECT_FALSE(!(difference(ours.bases, gradients[0][i]) <= kTolerance));
    EXPECT_FALSE(!(difference(ours.block2, gradients[1][i]) <= kTolerance));
    for (int t = 0; t < kWindow; ++t)
      EXPECT_LE(std::abs(layers.attention[std::size_t(t)] - weights[i][t].item<double>()), kTolerance);
  }
  EXPECT_GT(gradients[0].abs().max().item<double>(), 1e-3);
}

TEST(BackwardTest, IsAutogradOfSeededNetworks) {
  for (const std::uint64_t seed : {1, 2}) {
    test::Random random(seed);
    std::vector<Window> windows(4);
    for (Window& window : windows) {
      const auto codes = test::random_codes(random, kWindow, 0.1);
      std::copy(codes.begin(), codes.end(), window.begin());
    }
    expect_autograd(test::seeded_network(seed), windows);
  }
}

TEST(BackwardTest, IsAutogradOfThePublishedWeightsOnTheGoldens) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  IRESWEEP_SHARED_FILE(core, "goldens/core.fa");
  const Network network = load_model(index.parent_path() / "first").network;
  std::vector<Window> windows;
  for (const auto& path : {core, core.parent_path() / "5utr.fa"})
    for (const auto& record : test::read_fasta_text(path)) {
      Window window;
      window.fill(kMissing);
      const std::size_t length = std::min(record.codes.size(), std::size_t(kWindow));
      std::copy_n(record.codes.begin(), length, window.end() - std::ptrdiff_t(length));
      windows.push_back(window);
    }
  ASSERT_EQ(windows.size(), 52u);
  expect_autograd(network, windows);
}

}  // namespace
}  // namespace iresweep
