// The oracle's backward pass: how the logit of one window moves with its bases and with its features.
//
// In double, plain loops, layer by layer in the reverse order of forward.h. Held to central differences of the oracle
// and to LibTorch's autograd. Where a ReLU's input is exactly 0 its slope is taken as 0, as LibTorch and TensorFlow do.
#pragma once
#include <span>

#include "iresweep/bases.h"
#include "iresweep/network.h"
#include "kernels/reference/forward.h"

namespace iresweep::reference {

/// Derivatives of the logit. A base is four numbers here, one of them 1: the derivative by each stands for a small
/// change of that number alone, of the three that are 0 as well.
struct Gradients {
  Features bases;   ///< [174][4], by the one-hot bases A, C, G, T; of a missing base too
  Features block1;  ///< [174][32]
  Features block2;  ///< [174][16], by the output of the last convolution block
  Features gru;     ///< [174][16], by the states; through the attention weights too
};

/// `layers` are those of forward() for the same network and codes.
Gradients backward(const Network& network, std::span<const BaseCode, kWindow> codes, const Layers& layers);

}  // namespace iresweep::reference
