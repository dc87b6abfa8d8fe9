#include "kernels/reference/backward.h"

#include <algorithm>

#include "kernels/reference/layers.h"

namespace iresweep::reference {
namespace {

// Adds to `dx` what flows through a convolution.
template <int Taps, int In, int Out>
void convolve_back(const Features& dy, const Conv<Taps, In, Out>& layer, int dilation, Features& dx) {
  const int length = int(dy.size()), left = left_padding(Taps, dilation);
  for (int t = 0; t < length; ++t)
    for (int tap = 0; tap < Taps; ++tap) {
      const int from = t - left + tap * dilation;
      if (from < 0 || from >= length) continue;
      for (int in = 0; in < In; ++in) {
        double sum = 0;
        for (int out = 0; out < Out; ++out) sum += dy[t][out] * double(layer.kernel[tap][in][out]);
        dx[from][in] += sum;
      }
    }
}

// dy through ReLU and batch norm: y > 0 where the ReLU lets pass. The branch's channels begin at `first`.
template <int Filters>
Features norm_back(const Features& dy, const Features& y, int first, const BatchNorm<Filters>& norm) {
  Features dx = zeros(dy.size(), Filters);
  for (std::size_t t = 0; t < dy.size(); ++t)
    for (int c = 0; c < Filters; ++c)
      if (y[t][first + c] > 0) dx[t][c] = dy[t][first + c] * norm_scale(norm, c);
  return dx;
}

// `y` is what branches() gave.
template <int In, int Filters>
Features branches_back(const Features& dy, const Features& y, const Conv<2, In, Filters>& k2,
                       const BatchNorm<Filters>& k2_norm, const Conv<3, In, Filters>& k3,
                       const BatchNorm<Filters>& k3_norm, int dilation) {
  Features dx = zeros(dy.size(), In);
  convolve_back(norm_back(dy, y, 0, k2_norm), k2, dilation, dx);
  convolve_back(norm_back(dy, y, Filters, k3_norm), k3, dilation, dx);
  return dx;
}

// `x` is the block's input, `y` its output.
template <int In, int Filters>
Features residual_back(const Features& dy, const Features& x, const Features& y,
                       const ResidualBlock<In, Filters>& block, int dilation) {
  const Features first = first_layer(x, block, dilation), second = second_layer(first, block, dilation);
  Features dsum = dy;
  for (std::size_t t = 0; t < dy.size(); ++t)
    for (std::size_t c = 0; c < dy[t].size(); ++c)
      if (!(y[t][c] > 0)) dsum[t][c] = 0;
  const Features dfirst = branches_back(dsum, second, block.second_k2, block.second_k2_norm, block.second_k3,
                                        block.second_k3_norm, dilation);
  Features dx =
      branches_back(dfirst, first, block.first_k2, block.first_k2_norm, block.first_k3, block.first_k3_norm, dilation);
  convolve_back(dsum, block.shortcut, 1, dx);
  return dx;
}

// One step back. `dh` is the derivative by the step's new state, and becomes that by the state before.
void gru_step_back(const Gru& gru, const std::vector<double>& x, const GruGates::Units& before, GruGates::Units& dh,
                   std::vector<double>& dx) {
  constexpr int U = Gru::kUnits;
  const GruGates gates = gru_gates(gru, x, before);
  std::array<double, Gru::kGates> input, recurrent;  // derivatives by the gates' two sums
  for (int u = 0; u < U; ++u) {
    const double dz = dh[u] * (before[u] - gates.candidate[u]) * gates.z[u] * (1 - gates.z[u]);
    const double dcandidate = dh[u] * (1 - gates.z[u]) * (1 - gates.candidate[u] * gates.candidate[u]);
    const double dr = dcandidate * gates.recurrent[u] * gates.r[u] * (1 - gates.r[u]);
    input[u] = recurrent[u] = dz;
    input[U + u] = recurrent[U + u] = dr;
    input[2 * U + u] = dcandidate;
    recurrent[2 * U + u] = dcandidate * gates.r[u];
    dh[u] *= gates.z[u];
  }
  for (int g = 0; g < Gru::kGates; ++g) {
    for (int c = 0; c < Gru::kInputs; ++c) dx[c] += input[g] * double(gru.kernel[c][g]);
    for (int u = 0; u < U; ++u) dh[u] += recurrent[g] * double(gru.recurrent[u][g]);
  }
}

// One direction, its units from channel `first` of the states `h` on.
void direction_back(const Gru& gru, const Features& x, const Features& h, const Features& dstates, int first,
                    bool reversed, Features& dx) {
  const int length = int(x.size());
  GruGates::Units dh{};
  for (int i = length - 1; i >= 0; --i) {
    const int t = reversed ? length - 1 - i : i, previous = reversed ? t + 1 : t - 1;
    GruGates::Units before{};
    if (i > 0) std::copy_n(h[previous].begin() + first, Gru::kUnits, before.begin());
    for (int u = 0; u < Gru::kUnits; ++u) dh[u] += dstates[t][first + u];
    gru_step_back(gru, x[t], before, dh, dx[t]);
  }
}

std::vector<double> head_back(const Network& network, const std::vector<double>& context) {
  std::vector<double> dcontext(context.size(), 0.0);
  for (int unit = 0; unit < int(network.hidden.bias.size()); ++unit) {
    if (!(hidden_unit(network, context, unit) > 0)) continue;
    const double slope = double(network.output.kernel[unit][0]) * norm_scale(network.hidden_norm, unit);
    for (std::size_t c = 0; c < context.size(); ++c) dcontext[c] += slope * double(network.hidden.kernel[c][unit]);
  }
  return dcontext;
}

// A state moves the context by itself, and through the weights of all positions.
Features attention_back(const Attention& attention, const Layers& layers, const std::vector<double>& dcontext) {
  const Features& h = layers.gru;
  std::vector<double> dweight(h.size(), 0.0);
  double mean = 0;
  for (std::size_t t = 0; t < h.size(); ++t) {
    for (std::size_t c = 0; c < dcontext.size(); ++c) dweight[t] += h[t][c] * dcontext[c];
    mean += layers.attention[t] * dweight[t];
  }
  Features dh = zeros(h.size(), dcontext.size());
  for (std::size_t t = 0; t < h.size(); ++t) {
    const double dscore = layers.attention[t] * (dweight[t] - mean);
    const auto units = attention_units(attention, h[t]);
    for (std::size_t c = 0; c < dcontext.size(); ++c) {
      double inner = 0;
      for (int u = 0; u < Attention::kUnits; ++u)
        inner += double(attention.context[u]) * (1 - units[u] * units[u]) * double(attention.kernel[c][u]);
      dh[t][c] = layers.attention[t] * dcontext[c] + dscore * inner;
    }
  }
  return dh;
}

}  // namespace

Gradients backward(const Network& network, std::span<const BaseCode, kWindow> codes, const Layers& layers) {
  Gradients gradients;
  gradients.gru = attention_back(network.attention, layers, head_back(network, layers.context));
  gradients.block2 = zeros(layers.block2.size(), Gru::kInputs);
  direction_back(network.forward, layers.block2, layers.gru, gradients.gru, 0, false, gradients.block2);
  direction_back(network.backward, layers.block2, layers.gru, gradients.gru, Gru::kUnits, true, gradients.block2);
  gradients.block1 = residual_back(gradients.block2, layers.block1, layers.block2, network.block2, 2);
  gradients.bases = residual_back(gradients.block1, one_hot(codes), layers.block1, network.block1, 1);
  return gradients;
}

}  // namespace iresweep::reference
