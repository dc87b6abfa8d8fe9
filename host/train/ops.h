// The operations of lanes.h for LibTorch, with their gradients. Feature tensors are [position][channel][window].
#pragma once
#include <torch/types.h>

#include <array>

namespace iresweep::train {

/// A convolution of Keras's 'same' padding. `kernel` is [tap][in][out], `bias` [out], as in iresweep/network.h.
torch::Tensor convolve(const torch::Tensor& x, const torch::Tensor& kernel, const torch::Tensor& bias, int dilation);

/// Two convolutions of one input, the channels of the first before those of the second.
torch::Tensor convolve_pair(const torch::Tensor& x, const std::array<torch::Tensor, 2>& kernels,
                            const std::array<torch::Tensor, 2>& biases, int dilation);

/// kernel [inputs][3 * units], recurrent [units][3 * units], input bias [3 * units], recurrent bias [3 * units]; inputs
/// and units are multiples of 4.
using GruTensors = std::array<torch::Tensor, 4>;

/// Both directions, aligned in time, the forward units first: [position][2 * units][window].
torch::Tensor bidirectional_gru(const torch::Tensor& x, const GruTensors& forward, const GruTensors& backward);

}  // namespace iresweep::train
