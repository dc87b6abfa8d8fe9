// Which device a run is on: what was asked for, what is there, and why.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "host/engine/devices.h"

namespace iresweep {

/// `--device` as given.
struct DeviceRequest {
  enum class Kind { automatic, cpu, cuda };
  Kind kind = Kind::automatic;
  std::vector<int> gpus;  ///< of cuda:0,1; empty: the first that can be used
};

/// Reads auto, cpu, cuda or cuda:0,1. Throws Error for anything else, and for a GPU that is named twice.
DeviceRequest parse_device(const std::string& device);

/// `find` is called for auto and cuda only: asking for GPUs wakes the driver. `isa` as in EngineOptions.
/// Throws Error where GPUs are asked for that are not there or cannot be used.
DeviceChoice choose_device(const DeviceRequest& request, const std::string& isa, const std::function<Gpus()>& find);

}  // namespace iresweep
