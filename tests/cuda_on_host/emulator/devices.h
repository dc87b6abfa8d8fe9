// Made-up GPUs: memory of a size, streams that work in threads of their own, so that a wait left out shows as a wrong
// answer, and counts of what happened.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

struct CUstream_st;

namespace emulator {

struct DeviceOptions {
  std::size_t memory = std::size_t(1) << 30;  ///< bytes that cudaMalloc hands out
  std::size_t said_free = 0;                  ///< what cudaMemGetInfo says instead of the truth; 0: the truth
  int major = 9, minor = 0;
};

/// From now on these devices are there. Nothing of the ones before may be in use. An empty list: no driver.
void set_devices(std::vector<DeviceOptions> devices);

struct DeviceCounts {
  std::size_t allocations = 0, live_allocations = 0;  ///< of device and of page-locked memory
  std::size_t live_streams = 0, live_events = 0;
  std::vector<std::size_t> kernels;  ///< launched on each device
};
DeviceCounts counts();

/// Work behind what the stream has; at once where there is none. The stream must be the current device's.
/// False when it is not.
bool submit(CUstream_st* stream, std::function<void()> work);

/// The same for a kernel. The one that is `number`th from now (1: the next) fails when its turn comes.
bool submit_kernel(CUstream_st* stream, std::function<void()> kernel);
void fail_kernel(std::size_t number);

}  // namespace emulator
