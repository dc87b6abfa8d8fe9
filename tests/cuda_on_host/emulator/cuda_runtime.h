// Stands in for CUDA's header of this name, so that g++ compiles the kernels as they are and a grid runs on the host.
// It has what the kernels use and no more; grid.h tells how a grid runs.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include "tests/cuda_on_host/emulator/cuda_runtime_api.h"
#include "tests/cuda_on_host/emulator/devices.h"
#include "tests/cuda_on_host/emulator/grid.h"

// NOLINTBEGIN(bugprone-reserved-identifier): the names are CUDA's.
#define __global__
#define __device__
#define __grid_constant__
#define __launch_bounds__(...)
// Blocks run in turn, so a static variable is a block's own. The section is filled with NaN before each block. (In a
// template g++ would leave it out of the section.)
#define __shared__ static __attribute__((section("iresweep_shared")))

#define threadIdx (::emulator::thread_index())
#define blockIdx (::emulator::block_index())

using ::emulator::dim3;
using std::max;
using std::min;

struct alignas(8) float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

// The hardware's exponential errs by up to 2 units in the last place; so does this one, differently for every argument.
inline float erring_exp2(float x) {
  const float exact = std::exp2(x);
  if (!(exact >= std::numeric_limits<float>::min() && exact < 0x1p127f)) return exact;
  std::uint32_t bits, from;
  std::memcpy(&bits, &exact, sizeof bits);
  std::memcpy(&from, &x, sizeof from);
  bits += (from * 2654435761u >> 16) % 5 - 2;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}
#define exp2f erring_exp2

inline void __syncthreads() { ::emulator::wait_for_block(); }

inline void __syncwarp(unsigned mask = 0xffffffffu) { ::emulator::exchange(mask, 0); }

inline unsigned __ballot_sync(unsigned mask, bool vote) {
  unsigned votes = 0;
  const auto& values = ::emulator::exchange(mask, vote ? 1 : 0);
  for (int lane = 0; lane < ::emulator::kWarp; ++lane)
    if (mask >> lane & 1 && values[lane]) votes |= 1u << lane;
  return votes;
}

inline float __shfl_xor_sync(unsigned mask, float value, int distance) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  bits = ::emulator::exchange(mask, bits)[::emulator::source_lane(mask, distance)];
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

// NOLINTEND(bugprone-reserved-identifier)

// Threads change places only where they wait, so nothing comes between the read and the write.
template <class T>
T atomicAdd(T* to, T value) {
  const T old = *to;
  *to = T(old + value);
  return old;
}

struct cudaLaunchConfig_t {
  dim3 gridDim, blockDim;
  std::size_t dynamicSmemBytes = 0;
  cudaStream_t stream = nullptr;
};

// Arguments are copied, as CUDA does: a stream runs the grid when its turn comes.
template <class... Params, class... Args>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Params...), Args&&... args) {
  if (!::emulator::fits(config->gridDim, config->blockDim)) return cudaErrorInvalidConfiguration;
  const bool queued = ::emulator::submit_kernel(
      config->stream, [grid = config->gridDim, block = config->blockDim, kernel,
                       values = std::tuple<std::decay_t<Params>...>(std::forward<Args>(args)...)] {
        ::emulator::run(grid, block, [&] { std::apply(kernel, values); });
      });
  return queued ? cudaSuccess : cudaErrorInvalidResourceHandle;
}
