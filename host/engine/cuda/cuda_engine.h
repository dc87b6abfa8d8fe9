// The CUDA engine: batches in page-locked memory, scored by whichever slot of whichever GPU is free.
//
//   scoring threads ──► free slots ──► slot: copy in, kernels, copy out on a stream of its own ──► free slots
//
// A scoring thread sleeps while its slot works. There are as many threads as slots, so a slot is always at hand.
#pragma once
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "host/engine/cuda/slot.h"
#include "host/engine/device_clock.h"
#include "host/engine/devices.h"
#include "iresweep/engine.h"
#include "iresweep/network.h"

namespace iresweep::cuda {

/// Slots a GPU: one copies, one computes, and the thread of one is between two batches.
inline constexpr int kSlotsOfGpu = 3;

class CudaEngine : public Engine, public DeviceClock {
 public:
  /// `choice.gpus` holds one GPU at least. All memory is taken here. Where it does not suffice for the batches that
  /// free memory promised or options.batch_windows asks for, they are halved once. Throws Error.
  CudaEngine(const Network& network, const DeviceChoice& choice, const EngineOptions& options);

  std::unique_ptr<Batch> make_batch() override;
  void score(Batch& batch) override;
  int concurrency() const override { return int(slots_.size()); }
  Description describe() const override { return description_; }
  std::vector<Busy> busy() const override;

 private:
  std::size_t choose_batch(std::size_t asked_for) const;
  void allocate(std::size_t windows);
  void allocate_or_halve(std::size_t windows);
  Description describe(const DeviceChoice& choice) const;
  Slot* borrow();
  void give_back(Slot* slot);

  const Weights weights_;
  const bool cudnn_;
  std::vector<std::unique_ptr<Device>> devices_;
  std::vector<std::unique_ptr<Slot>> slots_;  ///< the GPUs in turn
  std::size_t batch_windows_ = 0;
  bool halved_ = false;
  Description description_;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::deque<Slot*> free_;  ///< the longest free first, so that all GPUs get work
};

}  // namespace iresweep::cuda
