// The network as LibTorch trains it: the tensors of iresweep/network.h, by the same names and in the same layouts, or
// those of a variant.
#pragma once
#include <torch/types.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "host/train/architecture.h"
#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep::train {

/// One window: kWindow codes.
using Window = std::span<const BaseCode>;

class Trainable {
 public:
  /// Fresh weights: Glorot-uniform kernels, orthogonal recurrent kernels, zero biases, batch norm 1 and 0.
  Trainable(Architecture architecture, const Shape& shape, std::uint64_t seed);

  /// Replaces weights and batch-norm statistics. Of the published network only.
  void load(const Network& network);
  /// Of the published network only.
  Network network() const;

  /// Logits [window], with gradients. Training normalises by the batch, updates the statistics and drops features out
  /// (from LibTorch's own generator); the number of windows must then be a multiple of 16.
  torch::Tensor forward(const std::vector<Window>& windows, double dropout);
  /// Logits by the stored statistics, without gradients; any number of windows.
  std::vector<double> score(const std::vector<Window>& windows);

  /// What the optimiser moves, in a fixed order.
  std::vector<torch::Tensor> parameters() const;
  /// parameters() and the batch-norm statistics, in a fixed order.
  std::vector<torch::Tensor> state() const;

 private:
  torch::Tensor logits(const torch::Tensor& one_hot, double dropout);
  torch::Tensor normalise(const torch::Tensor& x, const std::vector<std::string>& layers);
  torch::Tensor branches(const torch::Tensor& x, const std::string& layer, int dilation);
  torch::Tensor block(const torch::Tensor& x, const std::string& name, int dilation);
  torch::Tensor attend(const torch::Tensor& states);
  const torch::Tensor& at(const std::string& name) const { return tensors_.at(name); }

  Architecture architecture_;
  Shape shape_;
  bool training_ = false;
  std::vector<std::string> names_;  ///< in the order of tensors()
  std::map<std::string, torch::Tensor> tensors_;
};

}  // namespace iresweep::train
