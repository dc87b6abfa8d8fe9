#include "host/train/trainable.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/train/ops.h"
#include "iresweep/error.h"

namespace iresweep::train {
namespace {

using torch::Tensor;

constexpr double kStatisticsMomentum = 0.01;  // Keras calls it 0.99
constexpr std::size_t kScoreWindows = 256;

bool is_statistic(const std::string& name) { return name.ends_with(".mean") || name.ends_with(".variance"); }

Tensor fresh(const std::string& name, const std::vector<std::int64_t>& shape) {
  if (name.ends_with(".gamma") || name.ends_with(".variance")) return torch::ones(shape);
  if (shape.size() == 1 && name != "attention.context") return torch::zeros(shape);
  if (name.ends_with(".recurrent")) return torch::nn::init::orthogonal_(torch::empty(shape));
  const double taps = shape.size() == 3 ? double(shape[0]) : 1;
  const double inputs = double(shape.size() == 1 ? shape[0] : shape[shape.size() - 2]);
  const double outputs = double(shape.size() == 1 ? 1 : shape.back());
  const double reach = std::sqrt(6 / (taps * (inputs + outputs)));
  return torch::empty(shape).uniform_(-reach, reach);
}

// [position][4][window]; a missing base is four zeros.
Tensor one_hot(std::span<const Window> windows, std::size_t padded) {
  Tensor x = torch::zeros({kWindow, 4, std::int64_t(padded)});
  float* values = x.data_ptr<float>();
  for (std::size_t i = 0; i < windows.size(); ++i)
    for (int t = 0; t < kWindow; ++t)
      if (const BaseCode code = windows[i][t]; code != kMissing) values[(std::size_t(t) * 4 + code) * padded + i] = 1;
  return x;
}

}  // namespace

Trainable::Trainable(Architecture architecture, const Shape& shape, std::uint64_t seed)
    : architecture_(architecture), shape_(shape) {
  torch::manual_seed(seed);
  for (const auto& tensor : tensors_of(architecture, shape)) {
    const Tensor value = fresh(tensor.name, tensor.sizes);
    names_.push_back(tensor.name);
    tensors_[tensor.name] = is_statistic(tensor.name) ? value : value.set_requires_grad(true);
  }
}

void Trainable::load(const Network& network) {
  const torch::NoGradGuard guard;
  for (const auto& tensor : iresweep::tensors(network))
    std::copy(tensor.values.begin(), tensor.values.end(), at(tensor.name).data_ptr<float>());
}

Network Trainable::network() const {
  Network network;
  for (auto& tensor : iresweep::tensors(network))
    std::copy_n(at(tensor.name).data_ptr<float>(), tensor.values.size(), tensor.values.begin());
  return network;
}

std::vector<Tensor> Trainable::parameters() const {
  std::vector<Tensor> result;
  for (const auto& name : names_)
    if (!is_statistic(name)) result.push_back(at(name));
  return result;
}

std::vector<Tensor> Trainable::state() const {
  std::vector<Tensor> result;
  for (const auto& name : names_) result.push_back(at(name));
  return result;
}

// Batch norm over the layers' channels, which stand one after the other in x.
Tensor Trainable::normalise(const Tensor& x, const std::vector<std::string>& layers) {
  const auto joined = [&](const std::string& part) {
    std::vector<Tensor> parts;
    for (const auto& layer : layers) parts.push_back(at(layer + part));
    return torch::cat(parts);
  };
  Tensor mean = joined(".mean"), variance = joined(".variance");
  const Tensor y = torch::batch_norm(x, joined(".gamma"), joined(".beta"), mean, variance, training_,
                                     kStatisticsMomentum, kBatchNormEpsilon, false);
  std::int64_t first = 0;
  for (const auto& layer : layers) {
    const std::int64_t channels = at(layer + ".mean").size(0);
    if (training_) at(layer + ".mean").copy_(mean.narrow(0, first, channels));
    if (training_) at(layer + ".variance").copy_(variance.narrow(0, first, channels));
    first += channels;
  }
  return y;
}

Tensor Trainable::branches(const Tensor& x, const std::string& layer, int dilation) {
  const std::string k2 = layer + "_k2", k3 = layer + "_k3";
  const Tensor y =
      convolve_pair(x, {at(k2 + ".kernel"), at(k3 + ".kernel")}, {at(k2 + ".bias"), at(k3 + ".bias")}, dilation);
  return normalise(y, {k2 + "_norm", k3 + "_norm"}).relu_();
}

Tensor Trainable::block(const Tensor& x, const std::string& name, int dilation) {
  const Tensor y = branches(branches(x, name + ".first", dilation), name + ".second", dilation);
  if (architecture_ != Architecture::full) return y;
  return (y + convolve(x, at(name + ".shortcut.kernel"), at(name + ".shortcut.bias"), 1)).relu_();
}

// [2 * units][window]
Tensor Trainable::attend(const Tensor& states) {
  const Tensor u = convolve(states, at("attention.kernel").unsqueeze(0), at("attention.bias"), 1).tanh();
  const Tensor energy = (u * at("attention.context").view({1, -1, 1})).sum(1).exp();
  const Tensor weight = energy / (energy.sum(0, true) + kAttentionEpsilon);
  return (states * weight.unsqueeze(1)).sum(0);
}

Tensor Trainable::logits(const Tensor& one_hot, double dropout) {
  const Tensor features = torch::dropout(block(block(one_hot, "block1", 1), "block2", 2), dropout, training_);
  Tensor context = features.mean(0);
  if (architecture_ != Architecture::cnn) {
    const auto direction = [&](const std::string& name) {
      return GruTensors{at(name + ".kernel"), at(name + ".recurrent"), at(name + ".input_bias"),
                        at(name + ".recurrent_bias")};
    };
    const Tensor states = bidirectional_gru(features, direction("gru.forward"), direction("gru.backward"));
    const int units = shape_.gru_units;
    context = architecture_ == Architecture::cnn_gru ? torch::cat({states.select(0, kWindow - 1).narrow(0, 0, units),
                                                                   states.select(0, 0).narrow(0, units, units)})
                                                     : attend(states);
  }
  const Tensor hidden = torch::addmm(at("hidden.bias"), context.t(), at("hidden.kernel"));
  const Tensor active = torch::dropout(normalise(hidden, {"hidden_norm"}).relu_(), dropout, training_);
  return torch::addmm(at("output.bias"), active, at("output.kernel")).squeeze(1);
}

Tensor Trainable::forward(const std::vector<Window>& windows, double dropout) {
  training_ = true;
  return logits(one_hot(windows, windows.size()), dropout);
}

std::vector<double> Trainable::score(const std::vector<Window>& windows) {
  const torch::NoGradGuard guard;
  training_ = false;
  std::vector<double> scores;
  for (std::size_t first = 0; first < windows.size(); first += kScoreWindows) {
    const std::size_t count = std::min(kScoreWindows, windows.size() - first);
    const Tensor y = logits(one_hot(std::span(windows).subspan(first, count), (count + 15) / 16 * 16), 0);
    scores.insert(scores.end(), y.data_ptr<float>(), y.data_ptr<float>() + count);
  }
  return scores;
}

}  // namespace iresweep::train
