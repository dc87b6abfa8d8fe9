// The oracle: the network in double precision, plain loops, one window at a time.
//
// Read it beside the paper (DeepIRES, 2024): a layer is a function, batch norm and padding are spelled out, nothing is
// folded, shared or reordered. Every engine is tested against it, and it decides where an engine's rounding could
// change a row of the output. It shares no code with the engines.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep::reference {

/// [position][channel]
using Features = std::vector<std::vector<double>>;

/// Every named intermediate of one window, in order.
struct Layers {
  Features block1;                ///< [174][32]
  Features block2;                ///< [174][16]
  Features gru;                   ///< [174][16], forward units first
  std::vector<double> attention;  ///< [174], weights that sum to about 1
  std::vector<double> context;    ///< [16]
  double logit = 0;
};

/// All layers of the window `codes` (a missing base is a zero vector).
Layers forward(const Network& network, std::span<const BaseCode, kWindow> codes);

/// The same of bases that need not be one-hot: [174][4]. For those who ask how the logit moves with a number of one.
Layers forward(const Network& network, const Features& bases);

/// Only the logit of the last layer.
double logit(const Network& network, std::span<const BaseCode, kWindow> codes);

}  // namespace iresweep::reference
