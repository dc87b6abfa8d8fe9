// The convolutions as they are, but for batch norm: for a library that computes them.
#include "host/model/fold.h"
#include "host/model/fold_norm.h"

namespace iresweep {
namespace {

/// Writes `from` as outputs first_out ... of `to`, its taps last. Taps that `from` lacks are zero.
template <int Taps, int In, int Filters, int Out, int ToTaps>
void place(const FoldedConv<Taps, In, Filters>& from, int first_out, PlainConv<Out, In, ToTaps>& to) {
  for (int out = 0; out < Filters; ++out) {
    for (int in = 0; in < In; ++in)
      for (int tap = 0; tap < Taps; ++tap)
        to.kernel[first_out + out][in][ToTaps - Taps + tap] = float(from.kernel[tap][in][out]);
    to.bias[first_out + out] = float(from.bias[out]);
  }
}

template <int In, int Out>
void place_shortcut(const Conv<1, In, Out>& from, PlainConv<Out, In, 1>& to) {
  for (int out = 0; out < Out; ++out) {
    for (int in = 0; in < In; ++in) to.kernel[out][in][0] = from.kernel[0][in][out];
    to.bias[out] = from.bias[out];
  }
}

}  // namespace

Convolutions fold_convolutions(const Network& network) {
  const auto& one = network.block1;
  const auto& two = network.block2;
  Convolutions all{};
  place(fold_norm(one.first_k2, one.first_k2_norm), 0, all.block1_first);
  place(fold_norm(one.first_k3, one.first_k3_norm), 16, all.block1_first);
  place(fold_norm(one.second_k2, one.second_k2_norm), 0, all.block1_second);
  place(fold_norm(one.second_k3, one.second_k3_norm), 16, all.block1_second);
  place_shortcut(one.shortcut, all.block1_shortcut);
  place(fold_norm(two.first_k2, two.first_k2_norm), 0, all.block2_first_k2);
  place(fold_norm(two.first_k3, two.first_k3_norm), 0, all.block2_first_k3);
  place(fold_norm(two.second_k2, two.second_k2_norm), 0, all.block2_second_k2);
  place(fold_norm(two.second_k3, two.second_k3_norm), 0, all.block2_second_k3);
  place_shortcut(two.shortcut, all.block2_shortcut);
  return all;
}

}  // namespace iresweep
