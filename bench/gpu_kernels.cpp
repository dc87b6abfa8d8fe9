// Each kernel of the CUDA engine alone, against what the device could do: gpu_kernels [--windows N] > table
//
// A batch as at step 50 in records of 1,900 bases. The limits are counted from the arithmetic (not from instructions
// issued) and the device's own clock, units and memory:
//   special  exponentials, divisions: 16 a clock and multiprocessor
//   fp32     fused multiply-adds and additions: 128 (64 before 8.6) a clock and multiprocessor
//   memory   bytes that a kernel must read and write once
// A kernel's share is that of its slowest limit in its time: 100% cannot be beaten.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "bench/records.h"
#include "host/engine/cuda/memory_plan.h"
#include "host/engine/cuda/runtime.h"
#include "host/engine/cuda/tiles.h"
#include "host/engine/devices.h"
#include "host/model/fold.h"
#include "iresweep/error.h"
#include "kernels/cuda/conv_cudnn.h"
#include "kernels/cuda/launch.h"

namespace {

using namespace iresweep;
using namespace iresweep::cuda;

constexpr int kStep = 50, kRepeats = 20;

/// What one launch has to do at least.
struct Work {
  double special = 0, fp32 = 0, bytes = 0;
};

struct Roofline {
  double special = 0, fp32 = 0, bytes = 0;  ///< a second

  double least_seconds(const Work& work) const {
    return std::max({work.special / special, work.fp32 / fp32, work.bytes / bytes});
  }
  const char* limit(const Work& work) const {
    const double least = least_seconds(work);
    if (least == work.special / special) return "special";
    return least == work.fp32 / fp32 ? "fp32" : "memory";
  }
};

int attribute(cudaDeviceAttr which) {
  int value = 0;
  check(cudaDeviceGetAttribute(&value, which, 0), "cudaDeviceGetAttribute", 0);
  return value;
}

Roofline roofline() {
  const double clock = 1e3 * attribute(cudaDevAttrClockRate);
  const double units = clock * attribute(cudaDevAttrMultiProcessorCount);
  const int generation =
      10 * attribute(cudaDevAttrComputeCapabilityMajor) + attribute(cudaDevAttrComputeCapabilityMinor);
  const double bus = 2e3 * attribute(cudaDevAttrMemoryClockRate) * attribute(cudaDevAttrGlobalMemoryBusWidth) / 8;
  return {16 * units, (generation < 86 ? 64 : 128) * units, bus};
}

/// A batch on the device and all that its kernels need.
class Bed {
 public:
  explicit Bed(std::size_t windows)
      : weights_(lay_out(fold(bench::model().network))),
        tables_(upload(*weights_.tables, 0)),
        convolutions_(upload(fold_convolutions(bench::model().network), 0)),
        stream_(make_stream(0)),
        cudnn_(open_cudnn()),
        layout_(lay_out_slot(
            windows, cudnn_ ? TileNeeds{CudnnConvolutions::tile_columns(), cudnn_->scratch_bytes()} : TileNeeds{})),
        memory_(allocate(layout_.bytes, 0)),
        pinned_(allocate_pinned(layout_.bases + 4 * windows)) {
    fill();
  }

  void measure() {
    const Roofline top = roofline();
    fmt::print("{:<14} {:>10} {:>12} {:>14} {:>9} {:>7}\n", "kernel", "us a batch", "ns a window", "windows/s", "limit",
               "share");
    const double ends = double(batch_.window_count) * kEndColumns, bases = double(batch_.base_count);
    const double windows = double(batch_.window_count), position_bytes = kGates * 4.0;
    const auto row = [&](const char* name, const Work& work, const std::function<void()>& launch) {
      report(top, name, work, seconds_of(launch));
    };
    const Plane features{at<float>(layout_.features), batch_.base_count, layout_.feature_pitch};
    const Workspace work{{at<float>(layout_.end_features), batch_.window_count * kEndColumns, layout_.end_pitch},
                         at<float>(layout_.gates),
                         at<float>(layout_.end_gates),
                         at<float>(layout_.states),
                         at<float>(layout_.context)};
    const auto* tables = static_cast<const Tables*>(tables_.get());
    auto* logits = at<float>(layout_.logits);
    const Constants& constants = weights_.constants;

    row("copy in", {0, 0, bases + 4 * windows}, [&] {
      check(cudaMemcpyAsync(at<BaseCode>(layout_.base_codes), pinned_.get(), batch_.base_count, cudaMemcpyHostToDevice,
                            stream_.get()),
            "cudaMemcpyAsync", 0);
    });
    // Per position: 40 additions of table rows, 640 multiply-adds of the second layer.
    row("conv_direct", {0, 680 * bases, 65 * bases}, [&] {
      launch_conv_direct(tables, constants.second, batch_.bases, batch_.base_count, features, stream_.get());
    });
    if (cudnn_) {
      // Per base 4 * 96 + 32 * 96 + 4 * 32 of block 1, 32 * 40 + 16 * 40 + 32 * 16 of block 2; planes between them.
      row("conv_cudnn", {0, 6016 * bases, (4 + 32 + 64 + 68 + 48 + 32 + 48) * 8 * bases}, [&] { run_cudnn(features); });
    }
    row("window_ends", {0, 680 * ends, 64 * ends},
        [&] { launch_window_ends(tables, constants.second, batch_, work.end_features, stream_.get()); });
    row("project ends", {0, 768 * ends, (64 + position_bytes) * ends},
        [&] { launch_project(constants.projection, work.end_features, work.end_gates, stream_.get()); });
    row("project", {0, 768 * bases, (64 + position_bytes) * bases},
        [&] { launch_project(constants.projection, features, work.gates, stream_.get()); });
    // Per position and unit of two directions: 3 exponentials, 2 divisions; 24 multiply-adds and about 8 more.
    const double steps = windows * kHalf * 2 * kUnits;
    const double gate_bytes = (position_bytes * (bases + ends)) / 2, state_bytes = windows * kStates * 4;
    row("bigru", {5 * steps, 32 * steps, gate_bytes + state_bytes},
        [&] { launch_bigru(tables, batch_, work, stream_.get()); });
    // The other half of the steps; and per position 8 tanh, an exponential, 128 + 8 + 16 multiply-adds.
    row("attention",
        {5 * steps + 17 * windows * kWindow, 32 * steps + 152 * windows * kWindow, gate_bytes + state_bytes},
        [&] { launch_attention(tables, batch_, work, stream_.get()); });
    row("head", {0, (16 * 32 + 32) * windows, 68 * windows},
        [&] { launch_head(constants.head, work.context, batch_.window_count, logits, stream_.get()); });
    const double all = seconds_of([&] {
      launch_conv_direct(tables, constants.second, batch_.bases, batch_.base_count, features, stream_.get());
      launch_score(tables, constants, batch_, features, work, logits, stream_.get());
    });
    fmt::print("{:<14} {:>10.1f} {:>12.2f} {:>14.0f}\n", "all, direct", all * 1e6, all * 1e9 / windows, windows / all);
    fmt::print("Mb/s of all: {:.0f}; {} windows, {} bases; {:.2f} GHz, {} multiprocessors, {:.0f} GB/s\n",
               bases * 1e-6 / all, batch_.window_count, batch_.base_count, attribute(cudaDevAttrClockRate) * 1e-6,
               attribute(cudaDevAttrMultiProcessorCount), top.bytes * 1e-9);
  }

 private:
  template <class T>
  T* at(std::size_t offset) const {
    return reinterpret_cast<T*>(static_cast<std::byte*>(memory_.get()) + offset);
  }

  std::unique_ptr<CudnnConvolutions> open_cudnn() const {
    try {
      return std::make_unique<CudnnConvolutions>(static_cast<const Convolutions*>(convolutions_.get()));
    } catch (const Error& error) {
      fmt::print("no cuDNN: {}\n", error.what_failed);
      return nullptr;
    }
  }

  void fill() {
    std::vector<BaseCode> bases;
    std::vector<std::uint32_t> starts;
    const auto& records = bench::records();
    for (std::size_t next = 0; starts.size() < layout_.windows; ++next) {
      const auto& record = records[next % records.size()];
      if (bases.size() + record.size() > layout_.bases) break;
      for (std::size_t start = 0; start + kWindow <= record.size() && starts.size() < layout_.windows; start += kStep)
        starts.push_back(std::uint32_t(bases.size() + start));
      bases.insert(bases.end(), record.begin(), record.end());
    }
    std::memcpy(pinned_.get(), bases.data(), bases.size());
    batch_ = {at<BaseCode>(layout_.base_codes), bases.size(), at<std::uint32_t>(layout_.starts), starts.size()};
    check(cudaMemcpy(at<BaseCode>(layout_.base_codes), bases.data(), bases.size(), cudaMemcpyHostToDevice),
          "cudaMemcpy", 0);
    check(cudaMemcpy(at<std::uint32_t>(layout_.starts), starts.data(), starts.size() * 4, cudaMemcpyHostToDevice),
          "cudaMemcpy", 0);
  }

  void run_cudnn(const Plane& features) {
    auto *one_hot = at<float>(layout_.one_hot), *of_tile = at<float>(layout_.tile_features);
    const std::size_t columns = CudnnConvolutions::tile_columns();
    for_each_tile(batch_.base_count, columns, [&](const Tile& tile) {
      launch_encode_tile(batch_.bases + tile.begin, tile.bases, {one_hot, columns, columns}, stream_.get());
      cudnn_->run(one_hot, of_tile, at<std::byte>(layout_.scratch), stream_.get());
      check(
          cudaMemcpy2DAsync(features.data + tile.begin + tile.from, features.pitch * 4, of_tile + tile.from,
                            columns * 4, (tile.to - tile.from) * 4, kFeatures, cudaMemcpyDeviceToDevice, stream_.get()),
          "cudaMemcpy2DAsync", 0);
    });
  }

  /// The median of kRepeats, after one to warm up.
  double seconds_of(const std::function<void()>& launch) const {
    const auto begin = make_event(0), end = make_event(0);
    std::vector<double> times;
    for (int i = 0; i <= kRepeats; ++i) {
      check(cudaEventRecord(begin.get(), stream_.get()), "cudaEventRecord", 0);
      launch();
      check(cudaEventRecord(end.get(), stream_.get()), "cudaEventRecord", 0);
      check(cudaEventSynchronize(end.get()), "a kernel", 0);
      float milliseconds = 0;
      check(cudaEventElapsedTime(&milliseconds, begin.get(), end.get()), "cudaEventElapsedTime", 0);
      if (i > 0) times.push_back(double(milliseconds) * 1e-3);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
  }

  void report(const Roofline& top, const char* name, const Work& work, double seconds) const {
    const double windows = double(batch_.window_count);
    fmt::print("{:<14} {:>10.1f} {:>12.2f} {:>14.0f} {:>9} {:>6.0f}%\n", name, seconds * 1e6, seconds * 1e9 / windows,
               windows / seconds, top.limit(work), 100 * top.least_seconds(work) / seconds);
  }

  const Weights weights_;
  const DeviceMemory tables_, convolutions_;
  const OwnedStream stream_;
  const std::unique_ptr<CudnnConvolutions> cudnn_;
  const SlotLayout layout_;
  const DeviceMemory memory_;
  const PinnedMemory pinned_;
  DeviceBatch batch_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto gpus = iresweep::find_gpus();
  if (gpus.list.empty()) {
    fmt::print("SKIPPED: {}\n", gpus.none);
    return 77;
  }
  try {
    const std::size_t windows =
        argc == 3 && std::string(argv[1]) == "--windows" ? std::stoul(argv[2]) : iresweep::cuda::kMostBatchWindows;
    fmt::print("{} ({})\n", gpus.list.front().name, gpus.list.front().architecture);
    Bed(windows).measure();
  } catch (const iresweep::Error& error) {
    fmt::print(stderr, "{} ({}); {}\n", error.what_failed, error.where, error.hint);
    return 1;
  }
}
