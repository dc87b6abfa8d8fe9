#include "tests/cuda_on_host/plane_convolutions.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace iresweep::test {
namespace {

struct Planes {
  std::size_t pitch;
  std::vector<double> values;  // [channel][pitch]

  double& at(int channel, std::size_t i) { return values[std::size_t(channel) * pitch + i]; }
  double at(int channel, std::size_t i) const { return values[std::size_t(channel) * pitch + i]; }
};

// taps: offsets of the taps from the output's column.
template <int Taps, int In, int Out>
void convolve(const Planes& x, const Conv<Taps, In, Out>& conv, const int (&taps)[Taps], Planes& y, int first) {
  for (int out = 0; out < Out; ++out)
    for (std::size_t i = 0; i < x.pitch; ++i) {
      double sum = conv.bias[out];
      for (int tap = 0; tap < Taps; ++tap) {
        const std::size_t from = i + std::size_t(taps[tap]);  // before the first it wraps beyond the last
        for (int in = 0; in < In && from < x.pitch; ++in) sum += x.at(in, from) * double(conv.kernel[tap][in][out]);
      }
      y.at(first + out, i) = sum;
    }
}

template <int Channels>
void norm_relu(const BatchNorm<Channels>& norm, Planes& y, int first) {
  for (int c = 0; c < Channels; ++c) {
    const double scale = double(norm.gamma[c]) / std::sqrt(double(norm.variance[c]) + kBatchNormEpsilon);
    for (std::size_t i = 0; i < y.pitch; ++i)
      y.at(first + c, i) = std::max(0.0, (y.at(first + c, i) - double(norm.mean[c])) * scale + double(norm.beta[c]));
  }
}

Planes planes(std::size_t pitch, int channels) {
  return {pitch, std::vector<double>(pitch * std::size_t(channels), 0.0)};
}

template <int In, int Filters>
Planes residual(const Planes& x, const ResidualBlock<In, Filters>& block, const int (&k2)[2], const int (&k3)[3]) {
  Planes first = planes(x.pitch, 2 * Filters), y = first, shortcut = first;
  convolve(x, block.first_k2, k2, first, 0);
  convolve(x, block.first_k3, k3, first, Filters);
  norm_relu(block.first_k2_norm, first, 0);
  norm_relu(block.first_k3_norm, first, Filters);
  convolve(first, block.second_k2, k2, y, 0);
  convolve(first, block.second_k3, k3, y, Filters);
  norm_relu(block.second_k2_norm, y, 0);
  norm_relu(block.second_k3_norm, y, Filters);
  convolve(x, block.shortcut, {0}, shortcut, 0);
  for (std::size_t i = 0; i < y.values.size(); ++i) y.values[i] = std::max(0.0, y.values[i] + shortcut.values[i]);
  return y;
}

}  // namespace

void convolve_planes(const Network& network, std::span<const float> one_hot, std::size_t pitch,
                     std::span<float> features) {
  const Planes x{pitch, {one_hot.begin(), one_hot.end()}};
  const Planes block1 = residual(x, network.block1, {0, 1}, {-1, 0, 1});
  const Planes block2 = residual(block1, network.block2, {-1, 1}, {-2, 0, 2});
  std::transform(block2.values.begin(), block2.values.end(), features.begin(), [](double v) { return float(v); });
}

}  // namespace iresweep::test
