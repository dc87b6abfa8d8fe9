#include "host/engine/cuda/cuda_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/engine/cuda/faults.h"
#include "host/engine/cuda/make_engine.h"
#include "host/model/fold.h"

namespace iresweep::cuda {
namespace {

/// In page-locked memory: the device copies from and to it while the host does other things.
class PinnedBatch : public Batch {
 public:
  explicit PinnedBatch(std::size_t windows)
      : base_memory_(allocate_pinned(base_room(windows))),
        start_memory_(allocate_pinned(windows * sizeof(std::uint32_t))),
        logit_memory_(allocate_pinned(windows * sizeof(float))) {
    bases = {static_cast<BaseCode*>(base_memory_.get()), base_room(windows)};
    starts = {static_cast<std::uint32_t*>(start_memory_.get()), windows};
    logits = {static_cast<float*>(logit_memory_.get()), windows};
  }

 private:
  const PinnedMemory base_memory_, start_memory_, logit_memory_;
};

}  // namespace

CudaEngine::CudaEngine(const Network& network, const DeviceChoice& choice, const EngineOptions& options)
    : weights_(lay_out(fold(network))), cudnn_(options.conv == "cudnn") {
  const auto convolutions = cudnn_ ? std::make_unique<Convolutions>(fold_convolutions(network)) : nullptr;
  for (const Gpu& gpu : choice.gpus)
    devices_.push_back(std::make_unique<Device>(gpu.index, weights_, convolutions.get()));
  for (int i = 0; i < kSlotsOfGpu; ++i)
    for (const auto& device : devices_) slots_.push_back(std::make_unique<Slot>(*device, weights_.constants));
  allocate_or_halve(choose_batch(options.batch_windows));
  for (const auto& slot : slots_) free_.push_back(slot.get());
  description_ = describe(choice);
}

std::size_t CudaEngine::choose_batch(std::size_t asked_for) const {
  if (asked_for > 0) return std::min(asked_for, kLargestBatchWindows);
  std::size_t windows = kMostBatchWindows;
  for (const auto& device : devices_) {
    const std::size_t free = device->free_memory();
    const std::size_t fits = plan_batch(free, kSlotsOfGpu, slots_.front()->tile_needs());
    if (fits == 0)
      throw OutOfDeviceMemory(fmt::format("{} MB are free, which is too little", free >> 20),
                              fmt::format("cuda:{}", device->index()),
                              "end what else runs on this GPU (nvidia-smi lists it), or use --device cpu");
    windows = std::min(windows, fits);
  }
  return windows;
}

void CudaEngine::allocate(std::size_t windows) {
  for (const auto& slot : slots_) slot->allocate(windows);
  batch_windows_ = windows;
}

void CudaEngine::allocate_or_halve(std::size_t windows) {
  try {
    return allocate(windows);
  } catch (const OutOfDeviceMemory&) {
    if (windows == 1) throw;
  }
  for (const auto& slot : slots_) slot->release();
  halved_ = true;
  allocate(windows / 2);
}

std::unique_ptr<Batch> CudaEngine::make_batch() { return std::make_unique<PinnedBatch>(batch_windows_); }

Slot* CudaEngine::borrow() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return !free_.empty(); });
  Slot* slot = free_.front();
  free_.pop_front();
  return slot;
}

void CudaEngine::give_back(Slot* slot) {
  {
    const std::scoped_lock lock(mutex_);
    free_.push_back(slot);
  }
  freed_.notify_one();
}

void CudaEngine::score(Batch& batch) {
  if (batch.window_count == 0) return;
  const auto back = [this](Slot* slot) { give_back(slot); };
  const std::unique_ptr<Slot, decltype(back)> slot(borrow(), back);
  slot->score(batch);
}

Engine::Description CudaEngine::describe(const DeviceChoice& choice) const {
  std::string numbers, names;
  for (const Gpu& gpu : choice.gpus) {
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ",", gpu.index);
    if (names.find(gpu.name) == std::string::npos) names += fmt::format("{}{}", names.empty() ? "" : " and ", gpu.name);
  }
  const std::string& architecture = choice.gpus.front().architecture;
  return {"cuda", architecture,
          fmt::format("cuda:{}, {} ({}), {} convolutions, {} streams, batches of {} windows{}", numbers, names,
                      architecture, cudnn_ ? "cuDNN" : "direct", slots_.size(), batch_windows_,
                      halved_ ? " (halved for want of memory)" : ""),
          choice.why};
}

std::vector<DeviceClock::Busy> CudaEngine::busy() const {
  std::vector<Busy> list;
  for (const auto& device : devices_) list.push_back({fmt::format("cuda:{}", device->index()), device->busy_seconds()});
  return list;
}

std::unique_ptr<Engine> make_engine(const Network& network, const DeviceChoice& choice, const EngineOptions& options) {
  return std::make_unique<CudaEngine>(network, choice, options);
}

}  // namespace iresweep::cuda
