// Does this device compute what the network says? A driver, a card or a compiler that errs must not cost a night.
#pragma once
#include <string>

#include "iresweep/engine.h"
#include "iresweep/network.h"

namespace iresweep {

/// Scores a batch of a few windows once for each score() call that may run at once, so that every GPU takes part, and
/// holds the logits to the oracle's. What is wrong, for people; empty when nothing is. An Error of the engine is such
/// a fault. Takes milliseconds: the oracle needs one a window.
std::string self_test(Engine& engine, const Network& network);

}  // namespace iresweep
