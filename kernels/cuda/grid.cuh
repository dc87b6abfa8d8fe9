// How a kernel is launched: sizes checked first, a named range for profilers, the error last.
//
// One function instead of <<< >>>, so that a C++ compiler takes the same source (tests/cuda_on_host).
#pragma once
#include <cuda_runtime.h>
#include <nvtx3/nvToolsExt.h>

#include <limits>
#include <string>
#include <type_traits>

#include "iresweep/error.h"
#include "kernels/cuda/launch.h"

namespace iresweep::cuda {

/// Sizes that no caller should hand over are a fault of the program, said before the device can be harmed.
inline void require(bool fits, const char* kernel, const char* rule) {
  if (!fits)
    throw Error(std::string("sizes that do not fit: ") + rule, std::string("CUDA kernel ") + kernel,
                "this is a fault of iresweep: please report it");
}

inline void require(const Plane& plane, const char* kernel) {
  require(plane.count <= plane.pitch && plane.pitch <= kMostColumns, kernel, "columns <= pitch <= 2^30");
}

inline void require_windows(const DeviceBatch& batch, const char* kernel) {
  require(batch.window_count * kEndColumns <= kMostColumns && batch.base_count <= kMostColumns, kernel,
          "bases and 12 times windows <= 2^30");
  require(batch.window_count == 0 || batch.base_count >= kWindow, kernel, "a window's bases in every batch of windows");
}

/// Threads for `items`, each block of `threads` taking `items_of_block` of them; at least one.
struct Grid {
  std::size_t items;
  unsigned items_of_block, threads;
};

template <class... Params>
void launch(const char* name, void (*kernel)(Params...), const Grid& grid, Stream stream,
            std::type_identity_t<Params>... args) {
  struct Range {
    explicit Range(const char* text) { nvtxRangePushA(text); }
    ~Range() { nvtxRangePop(); }
    Range(const Range&) = delete;
    Range& operator=(const Range&) = delete;
  } range(name);
  const std::size_t blocks = (grid.items + grid.items_of_block - 1) / grid.items_of_block;
  require(blocks <= std::size_t(std::numeric_limits<int>::max()), name, "blocks < 2^31");
  cudaLaunchConfig_t config{};
  config.gridDim = dim3{unsigned(blocks), 1, 1};
  config.blockDim = dim3{grid.threads, 1, 1};
  config.stream = stream;
  const cudaError_t error = cudaLaunchKernelEx(&config, kernel, args...);
  if (error == cudaSuccess) return;
  cudaGetLastError();  // the runtime would report it a second time
  throw Error(std::string("the launch failed: ") + cudaGetErrorString(error), std::string("CUDA kernel ") + name,
              "see whether the driver suits this build: iresweep devices");
}

}  // namespace iresweep::cuda
