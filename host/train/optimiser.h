// Adam, with its moments as plain tensors, so that a checkpoint is a list of tensors.
#pragma once
#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace iresweep::train {

class Adam {
 public:
  explicit Adam(std::vector<torch::Tensor> parameters);

  /// Moves the parameters by their gradients and clears those. `step` counts from 0.
  void step(std::uint64_t step, double learning_rate);

  std::vector<torch::Tensor> moments() const;

 private:
  std::vector<torch::Tensor> parameters_, mean_, square_;
};

}  // namespace iresweep::train
