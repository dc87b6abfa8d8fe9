// Batch norm folded into the convolution before it, in double.
#pragma once
#include <cmath>

#include "iresweep/network.h"

namespace iresweep {

/// A convolution with the batch norm behind it folded in.
template <int Taps, int In, int Out>
struct FoldedConv {
  double kernel[Taps][In][Out], bias[Out];
};

template <int Channels>
double scale(const BatchNorm<Channels>& norm, int channel) {
  return double(norm.gamma[channel]) / std::sqrt(double(norm.variance[channel]) + kBatchNormEpsilon);
}

template <int Taps, int In, int Out>
FoldedConv<Taps, In, Out> fold_norm(const Conv<Taps, In, Out>& conv, const BatchNorm<Out>& norm) {
  FoldedConv<Taps, In, Out> folded;
  for (int out = 0; out < Out; ++out) {
    const double factor = scale(norm, out);
    folded.bias[out] = (double(conv.bias[out]) - double(norm.mean[out])) * factor + double(norm.beta[out]);
    for (int tap = 0; tap < Taps; ++tap)
      for (int in = 0; in < In; ++in) folded.kernel[tap][in][out] = double(conv.kernel[tap][in][out]) * factor;
  }
  return folded;
}

}  // namespace iresweep
