// The whole state of a run between two epochs, as a file.
#pragma once
#include <torch/types.h>

#include <string>
#include <vector>

#include "host/train/fit.h"

namespace iresweep::train {

/// Tensors are shared with the run: writing reads them, reading overwrites their values.
struct RunState {
  std::vector<torch::Tensor> tensors;  ///< weights, averages, best weights, the optimiser's moments
  std::vector<Epoch> epochs;
  int kept_epoch = 0, epochs_without_gain = 0;
  double rate_scale = 1, best_value = 0;
};

/// Writes under a temporary name, then renames. `run` is what the run depends on: table, split and options.
void write_checkpoint(const std::string& path, const std::string& run, const RunState& state);

/// Throws Error for a file that is no checkpoint, or one of another run.
void read_checkpoint(const std::string& path, const std::string& run, RunState& state);

}  // namespace iresweep::train
