// What the oracle can tell of one window: which positions and bases its logit comes from.
#pragma once
#include <array>

#include "host/scan/arbiter.h"
#include "iresweep/network.h"

namespace iresweep {

/// One value a position of the window; of padding too.
using WindowValues = std::array<double, kWindow>;
/// For A, C, G and T of each position.
using BaseValues = std::array<std::array<double, 4>, kWindow>;

struct Attribution {
  /// Selvaraju et al. 2017, on the output of block 2, the last with convolutions: relu(sum over channels of the
  /// channel's feature x the mean over positions of the logit's derivative by it). Never negative.
  WindowValues grad_cam{};
  /// The logit's derivatives by the one-hot bases, of those that are not there as well.
  BaseValues gradient{};
  /// The derivative by the base that is there (Shrikumar et al. 2016: gradient x input); 0 for a missing base.
  WindowValues gradient_x_input{};
  /// The network's own weights of the positions; they sum to 1.
  WindowValues attention{};
};

/// About 5 ms; of double precision, the same on every machine.
Attribution attribute(const Network& network, const WindowCodes& codes);

}  // namespace iresweep
