// Records' scores, by the way that a scan goes.
#pragma once
#include <optional>
#include <stop_token>
#include <vector>

#include "host/evaluate/labelled_set.h"
#include "iresweep/engine.h"
#include "iresweep/network.h"

namespace iresweep {

/// The score of each record's best window, as `scan --report best` gives it (windows at 0, step, ... and the last one
/// at the record's end; shorter records padded on the left). Near `threshold` the oracle decides, as in a scan. Nothing
/// when stopped. `engine` must score with `network`. Throws Error.
std::optional<std::vector<double>> best_scores(Engine& engine, const Network& network,
                                               const std::vector<LabelledRecord>& records, int step, double threshold,
                                               std::stop_token stop = {});

}  // namespace iresweep
