// The networks that the trainer knows beside the published one: parts left out, to show what each is worth, and other
// sizes, for a search of hyperparameters.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iresweep::train {

/// `full` is the network of iresweep/network.h. The others leave parts out:
///   cnn                the convolution blocks without shortcuts, the mean over positions, the head
///   cnn_gru            the same, then the GRU; its two last states instead of the mean
///   cnn_gru_attention  the same, then attention over all states: the full network without shortcuts
enum class Architecture { full, cnn, cnn_gru, cnn_gru_attention };

/// "full", "cnn", "cnn-gru", "cnn-gru-attention". Throws Error for another name.
Architecture architecture_of(const std::string& name);
std::string_view name_of(Architecture architecture);

/// As published by default, the only shape that the engines compute.
struct Shape {
  std::array<int, 2> kernels{2, 3};   ///< taps of the two parallel convolutions, 1 to 7
  std::array<int, 2> filters{16, 8};  ///< of each convolution in blocks 1 and 2, multiples of 8
  int gru_units = 8;                  ///< of each direction, a multiple of 4

  bool operator==(const Shape&) const = default;
};

/// Whether the network is that of iresweep/network.h, which alone a scan can use.
bool is_published(Architecture architecture, const Shape& shape);

/// Throws Error naming the option whose value is outside the ranges above.
void check_shape(const Shape& shape);

struct NamedShape {
  std::string name;
  std::vector<std::int64_t> sizes;  ///< outermost first
};

/// The tensors of iresweep/network.h that belong to the architecture, in its order and by its names, in the sizes of
/// `shape`. `_k2` and `_k3` name the first and the second convolution of a pair, however many taps they have.
std::vector<NamedShape> tensors_of(Architecture architecture, const Shape& shape);

}  // namespace iresweep::train
