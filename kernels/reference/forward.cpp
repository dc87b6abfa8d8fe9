#include "kernels/reference/forward.h"

#include <algorithm>

#include "kernels/reference/layers.h"

namespace iresweep::reference {
namespace {

template <int In, int Filters>
Features residual(const Features& x, const ResidualBlock<In, Filters>& block, int dilation) {
  Features y = second_layer(first_layer(x, block, dilation), block, dilation);
  const Features shortcut = convolve(x, block.shortcut, 1);
  for (std::size_t t = 0; t < y.size(); ++t)
    for (std::size_t c = 0; c < y[t].size(); ++c) y[t][c] = relu(y[t][c] + shortcut[t][c]);
  return y;
}

void gru_step(const Gru& gru, const std::vector<double>& x, GruGates::Units& h) {
  const GruGates gates = gru_gates(gru, x, h);
  for (int u = 0; u < Gru::kUnits; ++u) h[u] = gates.z[u] * h[u] + (1 - gates.z[u]) * gates.candidate[u];
}

// Both directions, aligned in time: the forward units first.
Features bidirectional_gru(const Features& x, const Gru& forward, const Gru& backward) {
  Features y = zeros(x.size(), 2 * Gru::kUnits);
  GruGates::Units h{};
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
    const auto units = attention_units(attention, state);
    double score = 0;
    for (int u = 0; u < Attention::kUnits; ++u) score += units[u] * double(attention.context[u]);
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
  for (int unit = 0; unit < int(network.hidden.bias.size()); ++unit)
    logit += relu(hidden_unit(network, context, unit)) * double(network.output.kernel[unit][0]);
  return logit;
}

}  // namespace

Layers forward(const Network& network, const Features& bases) {
  Layers layers;
  layers.block1 = residual(bases, network.block1, 1);
  layers.block2 = residual(layers.block1, network.block2, 2);
  layers.gru = bidirectional_gru(layers.block2, network.forward, network.backward);
  layers.attention = attention_weights(layers.gru, network.attention);
  layers.context = weighted_sum(layers.gru, layers.attention);
  layers.logit = head(layers.context, network);
  return layers;
}

Layers forward(const Network& network, std::span<const BaseCode, kWindow> codes) {
  return forward(network, one_hot(codes));
}

double logit(const Network& network, std::span<const BaseCode, kWindow> codes) { return forward(network, codes).logit; }

}  // namespace iresweep::reference
