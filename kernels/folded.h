// The network's weights as the engines use them: batch norm, the tables of block 1 and the units of the exponentials
// folded in. Made by fold() in host/model/fold.h; read-only afterwards, shared by all threads.
#pragma once
#include <cstdint>
#include <vector>

#include "kernels/ops.h"

namespace iresweep {

/// A row: block 1's output at one base, already multiplied with what block 2 applies to it. Offsets in floats.
/// The parts `k2_before` ... `k3_after` go to the first-layer value at the position that sees this base before, at or
/// after itself: the value at p is relu of
///   k2: row[p-1].k2_before + row[p+1].k2_after                          (8 channels)
///   k3: row[p-2].k3_before + row[p].k3_centre + row[p+2].k3_after      (8 channels)
/// Biases stand in k2_before (also of the outside row), k3_centre and shortcut.
struct Row {
  static constexpr int k2_before = 0, k2_after = 8, k3_before = 16, k3_centre = 24, k3_after = 32, shortcut = 40;
  static constexpr int floats = 56;
};

/// Row numbers. The row of a base inside a window is its 5-mer in base kBaseCodes, first base most significant.
struct RowNumber {
  static constexpr int first_position = 3125;  ///< + 3-mer of positions 0..2: the row of position 0
  static constexpr int last_position = 3250;   ///< + 3-mer of positions 171..173: the row of position 173
  static constexpr int outside = 3375;         ///< positions before 0 and after 173
  static constexpr int all_missing = 3124;     ///< NNNNN
  static constexpr int count = 3376;
};

/// One direction of the GRU.
struct FoldedGru {
  float recurrent[kUnits][kGateSet];  ///< [from unit][z, r, h of 8 units]
  float candidate_bias[kUnits];       ///< recurrent bias of h; the others are in the projection
};

struct Folded {
  std::vector<float> rows;  ///< [RowNumber::count][Row::floats]

  float second_k2[2][kFirst][8], second_k2_bias[8];  ///< taps -1, +1
  float second_k3[3][kFirst][8], second_k3_bias[8];  ///< taps -2, 0, +2

  float projection[kFeatures][kGates], projection_bias[kGates];
  /// |gate| is clamped to this: beyond it a gate is saturated to float precision whatever the recurrence adds, and
  /// within it no exponential leaves its range.
  float gate_limit[kGates];

  FoldedGru gru[2];  ///< forward, backward

  float attention[kContext][kUnits], attention_bias[kUnits];
  float attention_context[kUnits];

  float hidden[kContext][kHidden], hidden_bias[kHidden];
  float output[kHidden], output_bias;
};

/// A convolution as libraries want it, batch norm folded in.
template <int Out, int In, int Taps>
struct PlainConv {
  static constexpr int out = Out, in = In, taps = Taps;
  float kernel[Out][In][Taps];
  float bias[Out];
};

/// The convolutions of both blocks, each behind ReLU. In block 1 k2 is the last two taps of three: alone, a symmetric
/// padding gives it one output too many or too few.
///   block 1: first -> second -> relu(second + shortcut of the bases); taps -1, 0, +1; channels of k2, then of k3
///   block 2: likewise; k2 taps -1, +1 (dilation 2, padding 1), k3 taps -2, 0, +2 (dilation 2, padding 2)
struct alignas(16) Convolutions {
  PlainConv<32, 4, 3> block1_first;
  PlainConv<32, 32, 3> block1_second;
  PlainConv<32, 4, 1> block1_shortcut;
  PlainConv<8, 32, 2> block2_first_k2;
  PlainConv<8, 32, 3> block2_first_k3;
  PlainConv<8, 16, 2> block2_second_k2;
  PlainConv<8, 16, 3> block2_second_k3;
  PlainConv<16, 32, 1> block2_shortcut;
};

}  // namespace iresweep
