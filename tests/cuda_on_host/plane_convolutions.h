// The convolutions over a whole stretch of sequence: what cuDNN computes, in double and plain loops.
#pragma once
#include <span>

#include "iresweep/network.h"

namespace iresweep::test {

/// one_hot [4][pitch] to features [kFeatures][pitch]; zero padding before the first and after the last column only.
void convolve_planes(const Network& network, std::span<const float> one_hot, std::size_t pitch,
                     std::span<float> features);

}  // namespace iresweep::test
