// The weights of the DeepIRES network as published: one struct a layer, shapes in the types.
//
// Source: the Keras model behind SongLab-at-NUAA/DeepIRES (2024). Layouts are Keras's: a convolution kernel is
// [tap][input][output], a dense kernel [input][output]. Nothing is folded here: batch norm stands apart, so that the
// oracle reads like the paper and a file can be written back as it was read.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace iresweep {

template <int Taps, int In, int Out>
struct Conv {
  std::array<std::array<std::array<float, Out>, In>, Taps> kernel{};
  std::array<float, Out> bias{};
};

template <int In, int Out>
struct Dense {
  std::array<std::array<float, Out>, In> kernel{};
  std::array<float, Out> bias{};
};

/// y = gamma * (x - mean) / sqrt(variance + kBatchNormEpsilon) + beta
template <int Channels>
struct BatchNorm {
  std::array<float, Channels> gamma{}, beta{}, mean{}, variance{};
};
inline constexpr double kBatchNormEpsilon = 1e-3;

/// Two layers of two parallel convolutions (2 and 3 taps), each with batch norm and ReLU, and a 1x1 shortcut:
/// out = relu(second(first(x)) + shortcut(x)); the k2 channels stand before the k3 channels.
template <int In, int Filters>
struct ResidualBlock {
  Conv<2, In, Filters> first_k2;
  Conv<3, In, Filters> first_k3;
  BatchNorm<Filters> first_k2_norm, first_k3_norm;
  Conv<2, 2 * Filters, Filters> second_k2;
  Conv<3, 2 * Filters, Filters> second_k3;
  BatchNorm<Filters> second_k2_norm, second_k3_norm;
  Conv<1, In, 2 * Filters> shortcut;
};

/// One direction of the GRU (Keras reset_after=True). Gate order z, r, h, kUnits columns each.
struct Gru {
  static constexpr int kInputs = 16, kUnits = 8, kGates = 3 * kUnits;
  std::array<std::array<float, kGates>, kInputs> kernel{};
  std::array<std::array<float, kGates>, kUnits> recurrent{};
  std::array<float, kGates> input_bias{}, recurrent_bias{};
};

/// energy_t = exp(context . tanh(h_t * kernel + bias)); weight_t = energy_t / (sum of energies + kAttentionEpsilon)
struct Attention {
  static constexpr int kInputs = 2 * Gru::kUnits, kUnits = 8;
  std::array<std::array<float, kUnits>, kInputs> kernel{};
  std::array<float, kUnits> bias{}, context{};
};
inline constexpr double kAttentionEpsilon = 1e-7;

struct Network {
  ResidualBlock<4, 16> block1;  ///< dilation 1
  ResidualBlock<32, 8> block2;  ///< dilation 2
  Gru forward, backward;
  Attention attention;
  Dense<16, 32> hidden;
  BatchNorm<32> hidden_norm;
  Dense<32, 1> output;
};

/// A named view of one weight tensor; `values` points into the Network it was made from.
template <class Float>
struct TensorView {
  std::string name;                ///< "block1.first_k2.kernel"
  std::vector<std::size_t> shape;  ///< as in the struct, outermost first; product equals values.size()
  std::span<Float> values;         ///< row-major
};

/// Every tensor of a network, in a fixed order and under the names of iresweep's own files.
std::vector<TensorView<float>> tensors(Network& network);
std::vector<TensorView<const float>> tensors(const Network& network);

}  // namespace iresweep
