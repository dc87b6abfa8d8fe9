// The layers that the forward and the backward pass of the oracle share; see forward.h.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/network.h"
#include "kernels/reference/forward.h"

namespace iresweep::reference {

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
inline double relu(double x) { return std::max(x, 0.0); }

inline Features zeros(std::size_t positions, std::size_t channels) {
  return Features(positions, std::vector<double>(channels, 0.0));
}

inline Features one_hot(std::span<const BaseCode, kWindow> codes) {
  Features x = zeros(kWindow, 4);
  for (int t = 0; t < kWindow; ++t)
    if (codes[t] != kMissing) x[t][codes[t]] = 1;
  return x;
}

// Keras's 'same' padding: of (taps - 1) * dilation zeros, half (rounded down) stand on the left.
constexpr int left_padding(int taps, int dilation) { return (taps - 1) * dilation / 2; }

template <int Taps, int In, int Out>
Features convolve(const Features& x, const Conv<Taps, In, Out>& layer, int dilation) {
  const int length = int(x.size()), left = left_padding(Taps, dilation);
  Features y = zeros(x.size(), Out);
  for (int t = 0; t < length; ++t) {
    std::array<double, Out> sum;
    std::copy(layer.bias.begin(), layer.bias.end(), sum.begin());
    for (int tap = 0; tap < Taps; ++tap) {
      const int from = t - left + tap * dilation;
      if (from < 0 || from >= length) continue;
      for (int in = 0; in < In; ++in) {
        const double value = x[from][in];
        for (int out = 0; out < Out; ++out) sum[out] += value * double(layer.kernel[tap][in][out]);
      }
    }
    std::copy(sum.begin(), sum.end(), y[t].begin());
  }
  return y;
}

template <int Channels>
double norm_scale(const BatchNorm<Channels>& norm, int channel) {
  return double(norm.gamma[channel]) / std::sqrt(double(norm.variance[channel]) + kBatchNormEpsilon);
}

template <int Channels>
double normalise(double x, const BatchNorm<Channels>& norm, int channel) {
  return (x - double(norm.mean[channel])) * norm_scale(norm, channel) + double(norm.beta[channel]);
}

// Two convolutions side by side, each with batch norm and ReLU; their channels one after the other.
template <int In, int Filters>
Features branches(const Features& x, const Conv<2, In, Filters>& k2, const BatchNorm<Filters>& k2_norm,
                  const Conv<3, In, Filters>& k3, const BatchNorm<Filters>& k3_norm, int dilation) {
  const Features a = convolve(x, k2, dilation), b = convolve(x, k3, dilation);
  Features y = zeros(x.size(), 2 * Filters);
  for (std::size_t t = 0; t < x.size(); ++t)
    for (int c = 0; c < Filters; ++c) {
      y[t][c] = relu(normalise(a[t][c], k2_norm, c));
      y[t][Filters + c] = relu(normalise(b[t][c], k3_norm, c));
    }
  return y;
}

template <int In, int Filters>
Features first_layer(const Features& x, const ResidualBlock<In, Filters>& block, int dilation) {
  return branches(x, block.first_k2, block.first_k2_norm, block.first_k3, block.first_k3_norm, dilation);
}

template <int In, int Filters>
Features second_layer(const Features& first, const ResidualBlock<In, Filters>& block, int dilation) {
  return branches(first, block.second_k2, block.second_k2_norm, block.second_k3, block.second_k3_norm, dilation);
}

/// The gates of one step of the recurrence; gates z, r, h of Gru::kUnits columns each (Keras, reset_after=True).
struct GruGates {
  using Units = std::array<double, Gru::kUnits>;
  Units z, r, candidate;
  Units recurrent;  ///< what r multiplies in the candidate
};

inline GruGates gru_gates(const Gru& gru, const std::vector<double>& x, const GruGates::Units& h) {
  std::array<double, Gru::kGates> input, recurrent;
  for (int g = 0; g < Gru::kGates; ++g) {
    input[g] = gru.input_bias[g];
    recurrent[g] = gru.recurrent_bias[g];
  }
  for (int c = 0; c < Gru::kInputs; ++c)
    for (int g = 0; g < Gru::kGates; ++g) input[g] += x[c] * double(gru.kernel[c][g]);
  for (int u = 0; u < Gru::kUnits; ++u)
    for (int g = 0; g < Gru::kGates; ++g) recurrent[g] += h[u] * double(gru.recurrent[u][g]);
  constexpr int U = Gru::kUnits;
  GruGates gates;
  for (int u = 0; u < U; ++u) {
    gates.z[u] = sigmoid(input[u] + recurrent[u]);
    gates.r[u] = sigmoid(input[U + u] + recurrent[U + u]);
    gates.recurrent[u] = recurrent[2 * U + u];
    gates.candidate[u] = std::tanh(input[2 * U + u] + gates.r[u] * gates.recurrent[u]);
  }
  return gates;
}

/// Attention's inner units at one position: tanh(state * kernel + bias).
inline std::array<double, Attention::kUnits> attention_units(const Attention& attention,
                                                             const std::vector<double>& state) {
  std::array<double, Attention::kUnits> units;
  for (int u = 0; u < Attention::kUnits; ++u) {
    double sum = attention.bias[u];
    for (int c = 0; c < Attention::kInputs; ++c) sum += state[c] * double(attention.kernel[c][u]);
    units[u] = std::tanh(sum);
  }
  return units;
}

/// A unit of the dense layer, batch norm included, before its ReLU.
inline double hidden_unit(const Network& network, const std::vector<double>& context, int unit) {
  double sum = network.hidden.bias[unit];
  for (std::size_t c = 0; c < context.size(); ++c) sum += context[c] * double(network.hidden.kernel[c][unit]);
  return normalise(sum, network.hidden_norm, unit);
}

}  // namespace iresweep::reference
