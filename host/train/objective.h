// The loss: labels by cross-entropy, soft labels by squared error on the logit, mixed.
#pragma once
#include <torch/types.h>

#include <array>
#include <cstdint>
#include <vector>

#include "host/train/fit.h"

namespace iresweep::train {

class Objective {
 public:
  /// Class weights make both classes of the training rows count alike, and 1 on average.
  Objective(const std::vector<Row>& rows, const std::vector<std::uint32_t>& training, const FitOptions& options);

  /// The loss of `logits` [row], a scalar tensor:
  /// sum of weight * ((1 - soft_share) * class weight * cross-entropy + soft_share * (logit - soft)^2) / sum of weight
  torch::Tensor loss(const torch::Tensor& logits, const std::vector<std::uint32_t>& chosen) const;

 private:
  const std::vector<Row>& rows_;
  double soft_share_, soft_clamp_;
  std::array<double, 2> class_weight_{1, 1};
};

}  // namespace iresweep::train
