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

}  // namespace iresweep
