// From the network as published to the weights that the engines use.
#pragma once
#include "iresweep/network.h"
#include "kernels/folded.h"

namespace iresweep {

/// Folds batch norm, block 1's tables and the units of the exponentials (see kernels/ops.h). Computed in double, each
/// number rounded to float once. Throws Error when a weight is not finite or when the recurrent or attention weights
/// are so large that an exponential could leave float's range.
Folded fold(const Network& network);

/// The two blocks' convolutions with batch norm folded in, for a library of convolutions. Of weights that fold() takes.
Convolutions fold_convolutions(const Network& network);

}  // namespace iresweep
