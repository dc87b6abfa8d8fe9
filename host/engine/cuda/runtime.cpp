#include "host/engine/cuda/runtime.h"

#include <fmt/format.h>

#include "host/engine/cuda/faults.h"

namespace iresweep::cuda {

void check(cudaError_t code, const std::string& call, int device) {
  if (code == cudaSuccess) return;
  cudaGetLastError();  // the runtime would report it a second time
  throw_failure({int(code), cudaGetErrorName(code), cudaGetErrorString(code), call, device});
}

void use_device(int device) { check(cudaSetDevice(device), "cudaSetDevice", device); }

DeviceMemory allocate(std::size_t bytes, int device) {
  use_device(device);
  void* memory = nullptr;
  check(cudaMalloc(&memory, bytes), fmt::format("cudaMalloc of {} MB", bytes >> 20), device);
  return DeviceMemory(memory);
}

OwnedStream make_stream(int device) {
  use_device(device);
  cudaStream_t stream = nullptr;
  check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "cudaStreamCreateWithFlags", device);
  return OwnedStream(stream);
}

OwnedEvent make_event(int device) {
  use_device(device);
  cudaEvent_t event = nullptr;
  check(cudaEventCreateWithFlags(&event, cudaEventBlockingSync), "cudaEventCreateWithFlags", device);
  return OwnedEvent(event);
}

PinnedMemory allocate_pinned(std::size_t bytes) {
  void* memory = nullptr;
  if (cudaHostAlloc(&memory, bytes, cudaHostAllocPortable) == cudaSuccess) return PinnedMemory(memory);
  cudaGetLastError();
  throw Error("page-locked memory does not suffice", fmt::format("a batch of {} MB", bytes >> 20),
              "give a smaller --batch-windows, or raise the limit of locked memory (ulimit -l)");
}

}  // namespace iresweep::cuda
