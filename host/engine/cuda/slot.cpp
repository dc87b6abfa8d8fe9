#include "host/engine/cuda/slot.h"

namespace iresweep::cuda {
namespace {

OwnedEvent make_epoch(int device) {
  const auto stream = make_stream(device);
  auto epoch = make_event(device);
  check(cudaEventRecord(epoch.get(), stream.get()), "cudaEventRecord", device);
  check(cudaEventSynchronize(epoch.get()), "cudaEventSynchronize", device);
  return epoch;
}

}  // namespace

Device::Device(int index, const Weights& weights, const Convolutions* convolutions)
    : index_(index),
      tables_(upload(*weights.tables, index)),
      convolutions_(convolutions ? upload(*convolutions, index) : nullptr),
      epoch_(make_epoch(index)) {}

std::size_t Device::free_memory() const {
  use_device(index_);
  std::size_t free = 0, total = 0;
  check(cudaMemGetInfo(&free, &total), "cudaMemGetInfo", index_);
  return free;
}

double Device::seconds_at(cudaEvent_t event) const {
  float milliseconds = 0;
  check(cudaEventElapsedTime(&milliseconds, epoch_.get(), event), "cudaEventElapsedTime", index_);
  return double(milliseconds) * 1e-3;
}

void Device::count_busy(cudaEvent_t begin, cudaEvent_t end) {
  const double from = seconds_at(begin), to = seconds_at(end);
  const std::scoped_lock lock(mutex_);
  busy_.add(from, to);
}

double Device::busy_seconds() const {
  const std::scoped_lock lock(mutex_);
  return busy_.seconds();
}

Slot::Slot(Device& device, const Constants& constants)
    : device_(device),
      constants_(constants),
      stream_(make_stream(device.index())),
      copied_(make_event(device.index())),
      done_(make_event(device.index())),
      returned_(make_event(device.index())),
      cudnn_(device.convolutions() ? std::make_unique<CudnnConvolutions>(device.convolutions()) : nullptr) {}

TileNeeds Slot::tile_needs() const {
  return cudnn_ ? TileNeeds{CudnnConvolutions::tile_columns(), cudnn_->scratch_bytes()} : TileNeeds{};
}

void Slot::allocate(std::size_t windows) {
  layout_ = lay_out_slot(windows, tile_needs());
  memory_ = cuda::allocate(layout_.bytes, device_.index());
}

void Slot::score(Batch& batch) {
  use_device(device_.index());
  try {
    queue(batch);
    check(cudaEventSynchronize(returned_.get()), "waiting for a batch", device_.index());
  } catch (...) {
    // Nothing may still run on memory that others get next.
    cudaStreamSynchronize(stream_.get());
    throw;
  }
  device_.count_busy(copied_.get(), done_.get());
}

void Slot::queue(Batch& batch) {
  auto* bases = at<BaseCode>(layout_.base_codes);
  auto* starts = at<std::uint32_t>(layout_.starts);
  auto* logits = at<float>(layout_.logits);
  const std::size_t windows = batch.window_count, ends = windows * kEndColumns;
  copy(bases, batch.bases.data(), batch.base_count, cudaMemcpyHostToDevice);
  copy(starts, batch.starts.data(), windows * sizeof *starts, cudaMemcpyHostToDevice);
  record(copied_.get());

  const DeviceBatch on_device{bases, batch.base_count, starts, windows};
  const Plane features{at<float>(layout_.features), batch.base_count, layout_.feature_pitch};
  queue_features(on_device, features);
  const Workspace work{.end_features = {at<float>(layout_.end_features), ends, layout_.end_pitch},
                       .gates = at<float>(layout_.gates),
                       .end_gates = at<float>(layout_.end_gates),
                       .states = at<float>(layout_.states),
                       .context = at<float>(layout_.context)};
  launch_score(device_.tables(), constants_, on_device, features, work, logits, stream_.get());
  record(done_.get());

  copy(batch.logits.data(), logits, windows * sizeof *logits, cudaMemcpyDeviceToHost);
  record(returned_.get());
}

void Slot::queue_features(const DeviceBatch& batch, const Plane& features) {
  if (!cudnn_) {
    launch_conv_direct(device_.tables(), constants_.second, batch.bases, batch.base_count, features, stream_.get());
    return;
  }
  const std::size_t columns = CudnnConvolutions::tile_columns();
  auto* one_hot = at<float>(layout_.one_hot);
  auto* of_tile = at<float>(layout_.tile_features);
  for_each_tile(batch.base_count, columns, [&](const Tile& tile) {
    launch_encode_tile(batch.bases + tile.begin, tile.bases, {one_hot, columns, columns}, stream_.get());
    cudnn_->run(one_hot, of_tile, at<std::byte>(layout_.scratch), stream_.get());
    check(cudaMemcpy2DAsync(features.data + tile.begin + tile.from, features.pitch * sizeof(float), of_tile + tile.from,
                            columns * sizeof(float), (tile.to - tile.from) * sizeof(float), kFeatures,
                            cudaMemcpyDeviceToDevice, stream_.get()),
          "cudaMemcpy2DAsync of features", device_.index());
  });
}

void Slot::copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  check(cudaMemcpyAsync(to, from, bytes, kind, stream_.get()), "cudaMemcpyAsync of a batch", device_.index());
}

void Slot::record(cudaEvent_t event) {
  check(cudaEventRecord(event, stream_.get()), "cudaEventRecord", device_.index());
}

}  // namespace iresweep::cuda
