// What the driver shows.
#include <fmt/format.h>

#include <cstdlib>

#include "host/engine/cuda/faults.h"
#include "host/engine/cuda/make_engine.h"
#include "host/engine/cuda/runtime.h"

namespace iresweep::cuda {
namespace {

std::string why_none(cudaError_t code) {
  DriverState state{int(code), 0, 0, std::getenv("CUDA_VISIBLE_DEVICES")};
  cudaDriverGetVersion(&state.driver);
  cudaRuntimeGetVersion(&state.runtime);
  return why_no_gpu(state);
}

Gpu describe_gpu(int index) {
  cudaDeviceProp properties{};
  Gpu gpu{index, "GPU", "", 0, ""};
  if (const cudaError_t code = cudaGetDeviceProperties(&properties, index); code != cudaSuccess) {
    cudaGetLastError();
    gpu.fault = cudaGetErrorString(code);
    return gpu;
  }
  gpu.name = properties.name;
  gpu.architecture = fmt::format("sm_{}{}", properties.major, properties.minor);
  gpu.memory = properties.totalGlobalMem;
  if (!has_code_for(properties.major, properties.minor, IRESWEEP_CUDA_ARCHITECTURES))
    gpu.fault =
        fmt::format("this build has no code for {}, only for {}", gpu.architecture, IRESWEEP_CUDA_ARCHITECTURES);
  return gpu;
}

}  // namespace

Gpus find_gpus() {
  int count = 0;
  const cudaError_t code = cudaGetDeviceCount(&count);
  if (code != cudaSuccess || count == 0) {
    cudaGetLastError();
    return {{}, why_none(code)};
  }
  Gpus gpus;
  for (int i = 0; i < count; ++i) gpus.list.push_back(describe_gpu(i));
  return gpus;
}

}  // namespace iresweep::cuda
