// The network as LibTorch trains it: the tensors of iresweep/network.h, by the same names and in the same layouts.
#pragma once
#include <torch/types.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep::train {

/// `full` is the network of iresweep/network.h, the only one that a scan can use. The others leave parts out, to show
/// what each part is worth:
///   cnn                the convolution blocks without shortcuts, the mean over positions, the head
///   cnn_gru            the same, then the GRU; its two last states instead of the mean
///   cnn_gru_attention  the same, then attention over all states: the full network without shortcuts
enum class Architecture { full, cnn, cnn_gru, cnn_gru_attention };

/// "full", "cnn", "cnn-gru", "cnn-gru-attention". Throws Error for another name.
Architecture architecture_of(const std::string& name);
std::string_view name_of(Architecture architecture);

/// One window: kWindow codes.
using Window = std::span<const BaseCode>;

class Trainable {
 public:
  /// Fresh weights: Glorot-uniform kernels, orthogonal recurrent kernels, zero biases, batch norm 1 and 0.
  Trainable(Architecture architecture, std::uint64_t seed);

  /// Replaces weights and batch-norm statistics. full only.
  void load(const Network& network);
  /// full only.
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
  bool training_ = false;
  std::vector<std::string> names_;  ///< in the order of tensors()
  std::map<std::string, torch::Tensor> tensors_;
};

}  // namespace iresweep::train
