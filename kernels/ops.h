// The contract: what every engine computes, operation by operation. kernels/reference computes it window by window and
// unfolded; kernels/cpu and kernels/cuda compute it folded and shared, and implement exactly the operations below.
//
// A window has kWindow positions. Features at a position depend on the bases at most kEnd positions away, and on zero
// padding only within kEnd positions of a window's end. So every operation before the recurrence exists twice: once a
// base ("shared", for positions kEnd .. kWindow - kEnd - 1 of all windows over that base) and once a window ("ends",
// for its first and last kEnd positions). All numbers are float; accumulation order is fixed, so a window's logit
// depends on its own bases only, to the last bit.
//
//   operation           input                          output               padding, units
//   ------------------  -----------------------------  -------------------  ------------------------------------------
//   row index           5 base codes, offsets -2..+2   row of the table     N outside the sequence; rows of their own
//                                                                           for positions 0, 173 and for outside
//   first layer         rows at offsets -2..+2         [16] >= 0            relu(sum of parts of 5 rows); zero
//   (of block 2)                                                            outside the window
//   second layer        first layer at -2..+2,         features [16] >= 0   k2 taps -1, +1; k3 taps -2, 0, +2;
//   (of block 2)        shortcut of the row                                 relu(relu(conv) + shortcut)
//   projection          features [16]                  gates [kGates]       per direction z, r, h of 8 units; input
//   bias
//                                                                           and, for z and r, recurrent bias within;
//                                                                           in log2 units / kLog2Scale, clamped
//   recurrence          gates of 174 positions         states [174][2][8]   starts from zero; state in (-1, 1)
//   attention           states                         context [16]         forward units first; no maximum subtracted
//   head                context [16]                   logit                natural units
//
// Folding (host/model/fold.cpp) puts batch norm into the convolutions and these factors into what feeds an exponential:
// log2(e) / kLog2Scale for a sigmoid or exp, 2 log2(e) / kLog2Scale for tanh.
#pragma once
#include "iresweep/bases.h"

namespace iresweep {

inline constexpr int kEnd = 6;               ///< positions at each end of a window that its padding reaches
inline constexpr int kFirst = 16;            ///< channels of block 2's first layer: 8 of k2, 8 of k3
inline constexpr int kFeatures = 16;         ///< channels of block 2
inline constexpr int kUnits = 8;             ///< GRU units a direction; attention units
inline constexpr int kGateSet = 3 * kUnits;  ///< z, r, h of one direction
inline constexpr int kGates = 2 * kGateSet;  ///< forward, then backward
inline constexpr int kContext = 2 * kUnits;  ///< forward units, then backward units
inline constexpr int kHidden = 32;           ///< units of the dense layer
inline constexpr int kReach = 2;  ///< reach of a first-layer value in rows, and of a feature in first-layer values

/// Arguments of exponentials are carried in units of kLog2Scale binary orders: 2^(kLog2Scale * x).
inline constexpr int kLog2Scale = 16;

}  // namespace iresweep
