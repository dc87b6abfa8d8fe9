// The folded weights as the CUDA kernels read them.
//
// What every thread of a warp reads at the same time is passed by value with the launch (Constants: the hardware
// broadcasts kernel parameters as operands); what threads read each for itself lies in device memory (Tables: upload
// the struct as it is, once a device). Gates are in units of one binary order here, not of kLog2Scale.
#pragma once
#include <memory>

#include "kernels/folded.h"

namespace iresweep::cuda {

/// A recurrence step of one window and direction runs on kLanes threads, kPair units each.
inline constexpr int kPair = 2, kLanes = kUnits / kPair;
inline constexpr int kLaneGates = 3 * kPair;  ///< z, z, r, r, h, h of a lane's two units

/// Where a gate lies among the kGates of a position: a lane's six side by side. gate: 0 z, 1 r, 2 h.
constexpr int gate_column(int direction, int gate, int unit) {
  return direction * kGateSet + unit / kPair * kLaneGates + gate * kPair + unit % kPair;
}

/// Lane l takes the states of its direction from the lanes l, l ^ 1, l ^ 2, l ^ 3: number i comes from this unit.
constexpr int gathered_unit(int lane, int i) { return (lane ^ (i / kPair)) * kPair + i % kPair; }

/// One lane's share of the recurrence.
struct GruLane {
  float recurrent[kUnits][kLaneGates];  ///< [i: from gathered_unit(lane, i)][z, z, r, r, h, h]
  float candidate_bias[kPair];
};

/// One lane's share of attention: two attention units, which see the states of both directions.
struct AttentionLane {
  float own[kUnits][kPair];    ///< [i: from gathered_unit(lane, i) of the lane's own direction][attention unit]
  float other[kUnits][kPair];  ///< the same of the other direction
  float bias[kPair], context[kPair];
};

/// In device memory, aligned to 16 bytes.
struct Tables {
  float rows[RowNumber::count][Row::floats];
  GruLane gru[2][kLanes];              ///< [direction][lane]
  AttentionLane attention[2][kLanes];  ///< [direction that the lane runs][lane]
};

/// Second layer of block 2. Passed by value, as the structs below.
struct SecondLayer {
  float k2[2][kFirst][8], k3[3][kFirst][8];  ///< taps -1, +1; taps -2, 0, +2
  float k2_bias[8], k3_bias[8];
};

/// Columns as gate_column() has them.
struct Projection {
  float weight[kFeatures][kGates], bias[kGates], limit[kGates];
};

struct Head {
  float hidden[kContext][kHidden], hidden_bias[kHidden], output[kHidden], output_bias;
};

struct Constants {
  SecondLayer second;
  Projection projection;
  Head head;
};

struct Weights {
  std::unique_ptr<Tables> tables;  ///< in host memory
  Constants constants;
};

/// Every number is one of `folded`, or one times a power of two.
Weights lay_out(const Folded& folded);

}  // namespace iresweep::cuda
