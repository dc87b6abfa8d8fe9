// The CUDA engine as the factory sees it: free of CUDA's headers.
#pragma once
#include <memory>

#include "host/engine/devices.h"
#include "iresweep/engine.h"
#include "iresweep/network.h"

namespace iresweep::cuda {

/// What the driver shows. Never throws for a driver that is absent or too old.
Gpus find_gpus();

/// An engine on GPUs that find_gpus() lists as usable; `choice.why` goes into its description. Throws Error.
std::unique_ptr<Engine> make_engine(const Network& network, const DeviceChoice& choice, const EngineOptions& options);

}  // namespace iresweep::cuda
