#include "kernels/reference/forward.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace iresweep::reference {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double relu(double x) { return std::max(x, 0.0); }

Features zeros(std::size_t positions, std::size_t channels) {
  return Features(positions, std::vector<double>(channels, 0.0));
}

Features one_hot(std::span<const BaseCode, kWindow> codes) {
  Features x = zeros(kWindow, 4);
  for (int t = 0; t < kWindow; ++t)
    if (codes[t] != kMissing) x[t][codes[t]] = 1;
  return x;
}

// Keras's 'same' padding: of (taps - 1) * dilation zeros, half (rounded down) stand on the left.
template <int Taps, int In, int Out>
Features convolve(const Features& x, const Conv<Taps, In, Out>& layer, int dilation) {
  const int length = int(x.size()), left = (Taps - 1) * dilation / 2;
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
double normalise(double x, const BatchNorm<Channels>& norm, int channel) {
  const double scale = double(norm.gamma[channel]) / std::sqrt(double(norm.variance[channel]) + kBatchNormEpsilon);
  return (x - double(norm.mean[channel])) * scale + double(norm.beta[channel]);
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
Features residual(const Features& x, const ResidualBlock<In, Filters>& block, int dilation) {
  const Features first =
      branches(x, block.first_k2, block.first_k2_norm, block.first_k3, block.first_k3_norm, dilation);
  Features y = branches(first, block.second_k2, block.second_k2_norm, block.second_k3, block.second_k3_norm, dilation);
  const Features shortcut = convolve(x, block.shortcut, 1);
  for (std::size_t t = 0; t < y.size(); ++t)
    for (std::size_t c = 0; c < y[t].size(); ++c) y[t][c] = relu(y[t][c] + shortcut[t][c]);
  return y;
}

// One step of the recurrence; gates z, r, h of Gru::kUnits columns each (Keras, reset_after=True).
void gru_step(const Gru& gru, const std::vector<double>& x, std::array<double, Gru::kUnits>& h) {
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
  for (int u = 0; u < U; ++u) {
    const double z = sigmoid(input[u] + recurrent[u]);
    const double r = sigmoid(input[U + u] + recurrent[U + u]);
    const double candidate = std::tanh(input[2 * U + u] + r * recurrent[2 * U + u]);
    h[u] = z * h[u] + (1 - z) * candidate;
  }
}

// Both directions, aligned in time: the forward units first.
Features bidirectional_gru(const Features& x, const Gru& forward, const Gru& backward) {
  Features y = zeros(x.size(), 2 * Gru::kUnits);
  std::array<double, Gru::kUnits> h{};
  for (std::size_t t = 0; t < x.size(); ++t) {
    gru_step(forward, x[t], h);
    std::copy(h.begin(), h.end(), y[t].begin());
  }
  h = {};
  for (std::size_t t = x.size(); t-- > 0;) {
    gru_step(backward, x[t], h);
    std::copy(h.begin(), h.end(), y[t].begin() + Gru::kUnits);
  }
  return y;
}

std::vector<double> attention_weights(const Features& h, const Attention& attention) {
  std::vector<double> weights;
  double total = 0;
  for (const auto& state : h) {
    double score = 0;
    for (int u = 0; u < Attention::kUnits; ++u) {
      double sum = attention.bias[u];
      for (int c = 0; c < Attention::kInputs; ++c) sum += state[c] * double(attention.kernel[c][u]);
      score += std::tanh(sum) * double(attention.context[u]);
    }
    weights.push_back(std::exp(score));
    total += weights.back();
  }
  for (double& weight : weights) weight /= total + kAttentionEpsilon;
  return weights;
}

std::vector<double> weighted_sum(const Features& h, const std::vector<double>& weights) {
  std::vector<double> context(h.front().size(), 0.0);
  for (std::size_t t = 0; t < h.size(); ++t)
    for (std::size_t c = 0; c < context.size(); ++c) context[c] += weights[t] * h[t][c];
  return context;
}

double head(const std::vector<double>& context, const Network& network) {
  double logit = network.output.bias[0];
  for (int unit = 0; unit < int(network.hidden.bias.size()); ++unit) {
    double sum = network.hidden.bias[unit];
    for (std::size_t c = 0; c < context.size(); ++c) sum += context[c] * double(network.hidden.kernel[c][unit]);
    logit += relu(normalise(sum, network.hidden_norm, unit)) * double(network.output.kernel[unit][0]);
  }
  return logit;
}

}  // namespace

Layers forward(const Network& network, std::span<const BaseCode, kWindow> codes) {
  Layers layers;
  layers.block1 = residual(one_hot(codes), network.block1, 1);
  layers.block2 = residual(layers.block1, network.block2, 2);
  layers.gru = bidirectional_gru(layers.block2, network.forward, network.backward);
  layers.attention = attention_weights(layers.gru, network.attention);
  layers.context = weighted_sum(layers.gru, layers.attention);
  layers.logit = head(layers.context, network);
  return layers;
}

double logit(const Network& network, std::span<const BaseCode, kWindow> codes) { return forward(network, codes).logit; }

}  // namespace iresweep::reference
