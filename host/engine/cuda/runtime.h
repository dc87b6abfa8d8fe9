// CUDA's runtime as owned things: memory, streams, events. Every failed call is an Error that names call and device.
#pragma once
#include <cuda_runtime_api.h>

#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>

namespace iresweep::cuda {

/// Throws Error (OutOfDeviceMemory for that) unless `code` is success.
void check(cudaError_t code, const std::string& call, int device);

/// Makes a device the calling thread's.
void use_device(int device);

namespace detail {
struct FreeDevice {
  void operator()(void* memory) const { cudaFree(memory); }
};
struct FreePinned {
  void operator()(void* memory) const { cudaFreeHost(memory); }
};
struct DestroyStream {
  void operator()(cudaStream_t stream) const { cudaStreamDestroy(stream); }
};
struct DestroyEvent {
  void operator()(cudaEvent_t event) const { cudaEventDestroy(event); }
};
}  // namespace detail

using DeviceMemory = std::unique_ptr<void, detail::FreeDevice>;
using PinnedMemory = std::unique_ptr<void, detail::FreePinned>;
using OwnedStream = std::unique_ptr<std::remove_pointer_t<cudaStream_t>, detail::DestroyStream>;
using OwnedEvent = std::unique_ptr<std::remove_pointer_t<cudaEvent_t>, detail::DestroyEvent>;

/// All on `device`, which becomes the calling thread's. Throw OutOfDeviceMemory or Error.
DeviceMemory allocate(std::size_t bytes, int device);
OwnedStream make_stream(int device);
/// Who waits for it sleeps.
OwnedEvent make_event(int device);

/// Host memory that every device can copy from and to while the host does other things. Throws Error.
PinnedMemory allocate_pinned(std::size_t bytes);

/// A copy of an object in device memory.
template <class T>
DeviceMemory upload(const T& object, int device) {
  static_assert(std::is_trivially_copyable_v<T>);
  DeviceMemory memory = allocate(sizeof object, device);
  check(cudaMemcpy(memory.get(), &object, sizeof object, cudaMemcpyHostToDevice), "cudaMemcpy of weights", device);
  return memory;
}

}  // namespace iresweep::cuda
