// Stands in for host/engine/cuda/make_engine.h in a build without CUDA; for factory.cpp alone.
#pragma once
#include <memory>

#include "host/engine/devices.h"
#include "iresweep/engine.h"
#include "iresweep/error.h"

namespace iresweep::cuda {

inline Gpus find_gpus() { return {{}, "this build has the CPU engine only"}; }

/// Never reached: there is no GPU to choose.
inline std::unique_ptr<Engine> make_engine(const Network&, const DeviceChoice&, const EngineOptions&) {
  throw Error("this build has no CUDA engine", "--device", "use --device cpu, or build where CUDA is found");
}

}  // namespace iresweep::cuda
