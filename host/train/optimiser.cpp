#include "host/train/optimiser.h"

#include <torch/torch.h>

#include <cmath>

namespace iresweep::train {
namespace {

constexpr double kMeanDecay = 0.9, kSquareDecay = 0.999, kEpsilon = 1e-7;  // as Keras

}  // namespace

Adam::Adam(std::vector<torch::Tensor> parameters) : parameters_(std::move(parameters)) {
  for (const auto& parameter : parameters_) {
    mean_.push_back(torch::zeros_like(parameter));
    square_.push_back(torch::zeros_like(parameter));
  }
}

void Adam::step(std::uint64_t step, double learning_rate) {
  const torch::NoGradGuard guard;
  const double n = double(step) + 1;
  const double scale = std::sqrt(1 - std::pow(kSquareDecay, n)) / (1 - std::pow(kMeanDecay, n));
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    torch::Tensor& gradient = parameters_[i].mutable_grad();
    mean_[i].lerp_(gradient, 1 - kMeanDecay);
    square_[i].mul_(kSquareDecay).addcmul_(gradient, gradient, 1 - kSquareDecay);
    parameters_[i].addcdiv_(mean_[i], square_[i].sqrt().add_(kEpsilon), -learning_rate * scale);
    gradient.zero_();
  }
}

std::vector<torch::Tensor> Adam::moments() const {
  std::vector<torch::Tensor> result = mean_;
  result.insert(result.end(), square_.begin(), square_.end());
  return result;
}

}  // namespace iresweep::train
