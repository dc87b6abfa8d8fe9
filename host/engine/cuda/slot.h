// What one batch needs while it is scored: a stream, device memory and events. Slots of a GPU work at the same time, so
// the copies of one batch hide behind the kernels of another.
#pragma once
#include <memory>
#include <mutex>

#include "host/engine/cuda/busy_time.h"
#include "host/engine/cuda/memory_plan.h"
#include "host/engine/cuda/runtime.h"
#include "host/engine/cuda/tiles.h"
#include "iresweep/engine.h"
#include "kernels/cuda/conv_cudnn.h"
#include "kernels/cuda/launch.h"

namespace iresweep::cuda {

/// One GPU: what its slots share.
class Device {
 public:
  /// Uploads weights. `convolutions`: for cuDNN; null for the direct ones. Throws Error.
  Device(int index, const Weights& weights, const Convolutions* convolutions);

  int index() const { return index_; }
  const Tables* tables() const { return static_cast<const Tables*>(tables_.get()); }
  /// In device memory; null for the direct convolutions.
  const Convolutions* convolutions() const { return static_cast<const Convolutions*>(convolutions_.get()); }
  std::size_t free_memory() const;

  /// Kernels ran between two events, which have passed.
  void count_busy(cudaEvent_t begin, cudaEvent_t end);
  double busy_seconds() const;

 private:
  double seconds_at(cudaEvent_t event) const;

  const int index_;
  const DeviceMemory tables_, convolutions_;
  const OwnedEvent epoch_;
  mutable std::mutex mutex_;
  BusyTime busy_;
};

class Slot {
 public:
  /// `device` and `constants` must outlive the slot. Throws Error. Without memory yet.
  Slot(Device& device, const Constants& constants);

  const Device& device() const { return device_; }
  /// What the convolutions need in each slot.
  TileNeeds tile_needs() const;

  /// Takes memory for batches of so many windows. Throws OutOfDeviceMemory, Error.
  void allocate(std::size_t windows);
  void release() { memory_.reset(); }

  /// Fills batch.logits and returns when they are there; the calling thread sleeps meanwhile. For one thread at a time.
  /// The batch has at least one window and fits. Throws Error.
  void score(Batch& batch);

 private:
  template <class T>
  T* at(std::size_t offset) const {
    return reinterpret_cast<T*>(static_cast<std::byte*>(memory_.get()) + offset);
  }
  void queue(Batch& batch);
  void queue_features(const DeviceBatch& batch, const Plane& features);
  void copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind);
  void record(cudaEvent_t event);

  Device& device_;
  const Constants& constants_;
  const OwnedStream stream_;
  const OwnedEvent copied_, done_;  ///< the batch is on the device; its logits are computed
  const OwnedEvent returned_;       ///< ... and back in the batch
  const std::unique_ptr<CudnnConvolutions> cudnn_;
  SlotLayout layout_;
  DeviceMemory memory_;
};

}  // namespace iresweep::cuda
