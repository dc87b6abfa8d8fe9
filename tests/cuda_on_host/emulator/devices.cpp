#include "tests/cuda_on_host/emulator/devices.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/cuda_on_host/emulator/cuda_runtime_api.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPinned = -1;

struct Block {
  std::size_t bytes = 0;
  int device = kPinned;
};

struct World {
  std::mutex mutex;
  std::vector<emulator::DeviceOptions> devices = {emulator::DeviceOptions{}};
  std::vector<std::size_t> used = {0};
  emulator::DeviceCounts counts{0, 0, 0, 0, {0}};
  std::map<std::uintptr_t, Block> blocks;
  std::size_t kernels_to_failure = 0;
};

World& world() {
  static World all;
  return all;
}

thread_local int current_device = 0;
thread_local cudaError_t last_error = cudaSuccess;

cudaError_t result(cudaError_t error) {
  if (error != cudaSuccess) last_error = error;
  return error;
}

/// Whether [memory, memory + bytes) lies in one block of that kind.
bool lies_in(const void* memory, std::size_t bytes, int device) {
  const std::scoped_lock lock(world().mutex);
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  auto block = world().blocks.upper_bound(address);
  if (block == world().blocks.begin()) return false;
  --block;
  return block->second.device == device && address + bytes <= block->first + block->second.bytes;
}

cudaError_t take(void** memory, std::size_t bytes, int device) {
  // Filled with NaN, as fresh memory may hold anything.
  void* fresh = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
  std::memset(fresh, 0xff, bytes);
  const std::scoped_lock lock(world().mutex);
  world().blocks[reinterpret_cast<std::uintptr_t>(fresh)] = {bytes, device};
  ++world().counts.allocations, ++world().counts.live_allocations;
  *memory = fresh;
  return cudaSuccess;
}

cudaError_t give_back(void* memory, bool pinned) {
  if (!memory) return cudaSuccess;
  {
    const std::scoped_lock lock(world().mutex);
    const auto block = world().blocks.find(reinterpret_cast<std::uintptr_t>(memory));
    if (block == world().blocks.end() || (block->second.device == kPinned) != pinned)
      return result(cudaErrorInvalidValue);
    if (!pinned) world().used[std::size_t(block->second.device)] -= block->second.bytes;
    world().blocks.erase(block);
    --world().counts.live_allocations;
  }
  std::free(memory);
  return cudaSuccess;
}

/// Whether a copy has its ends where its kind says; of `rows` rows.
bool fits(const void* to, const void* from, std::size_t to_bytes, std::size_t from_bytes, cudaMemcpyKind kind) {
  return lies_in(to, to_bytes, kind == cudaMemcpyDeviceToHost ? kPinned : current_device) &&
         lies_in(from, from_bytes, kind == cudaMemcpyHostToDevice ? kPinned : current_device);
}

}  // namespace

struct CUstream_st {
  explicit CUstream_st(int of) : device(of), thread([this](const std::stop_token& stop) { run(stop); }) {}

  void push(std::function<void()> task) {
    {
      const std::scoped_lock lock(mutex);
      tasks.push_back(std::move(task));
    }
    changed.notify_all();
  }

  /// False when something failed on it.
  bool wait() {
    std::unique_lock lock(mutex);
    idle.wait(lock, [this] { return tasks.empty() && !busy; });
    return !failed;
  }

  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    while (changed.wait(lock, stop, [this] { return !tasks.empty(); })) {
      const auto task = std::move(tasks.front());
      tasks.pop_front();
      busy = true;
      lock.unlock();
      bool fault = false;
      try {
        task();
      } catch (...) {
        fault = true;
      }
      lock.lock();
      failed = failed || fault;
      busy = false;
      if (tasks.empty()) idle.notify_all();
    }
  }

  const int device;
  std::mutex mutex;
  std::condition_variable_any changed;
  std::condition_variable idle;
  std::deque<std::function<void()>> tasks;
  bool busy = false;
  std::atomic<bool> failed = false;
  std::jthread thread;
};

struct CUevent_st {
  struct Mark {
    std::mutex mutex;
    std::condition_variable passed;
    bool over = false, failed = false;
    Clock::time_point time;
  };
  std::shared_ptr<Mark> mark;
};

namespace emulator {

void set_devices(std::vector<DeviceOptions> devices) {
  const std::scoped_lock lock(world().mutex);
  if (world().counts.live_allocations + world().counts.live_streams + world().counts.live_events > 0)
    throw std::logic_error("devices are changed while something of them is in use");
  world().used.assign(devices.size(), 0);
  world().counts = {0, 0, 0, 0, std::vector<std::size_t>(devices.size())};
  world().devices = std::move(devices);
  world().kernels_to_failure = 0;
}

DeviceCounts counts() {
  const std::scoped_lock lock(world().mutex);
  return world().counts;
}

bool submit(CUstream_st* stream, std::function<void()> work) {
  if (!stream) {
    work();
    return true;
  }
  if (stream->device != current_device) return false;
  stream->push(std::move(work));
  return true;
}

bool submit_kernel(CUstream_st* stream, std::function<void()> kernel) {
  if (!stream) return submit(stream, std::move(kernel));
  // One grid runs at a time, whatever the device: the emulator has one.
  kernel = [kernel = std::move(kernel)] {
    static std::mutex running;
    const std::scoped_lock lock(running);
    kernel();
  };
  bool fails = false;
  {
    const std::scoped_lock lock(world().mutex);
    ++world().counts.kernels[std::size_t(stream->device)];
    fails = world().kernels_to_failure > 0 && --world().kernels_to_failure == 0;
  }
  if (!fails) return submit(stream, std::move(kernel));
  return submit(stream, [] { throw std::runtime_error("a kernel that is to fail"); });
}

void fail_kernel(std::size_t number) {
  const std::scoped_lock lock(world().mutex);
  world().kernels_to_failure = number;
}

}  // namespace emulator

const char* cudaGetErrorName(cudaError_t error) {
  switch (error) {
    case cudaSuccess:
      return "cudaSuccess";
    case cudaErrorMemoryAllocation:
      return "cudaErrorMemoryAllocation";
    case cudaErrorLaunchFailure:
      return "cudaErrorLaunchFailure";
    default:
      return "cudaError";
  }
}

const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaErrorMemoryAllocation:
      return "out of memory";
    case cudaErrorInvalidConfiguration:
      return "invalid configuration argument";
    default:
      return cudaGetErrorName(error);
  }
}

cudaError_t cudaGetLastError() { return std::exchange(last_error, cudaSuccess); }

cudaError_t cudaDriverGetVersion(int* version) {
  *version = world().devices.empty() ? 0 : 13000;
  return cudaSuccess;
}

cudaError_t cudaRuntimeGetVersion(int* version) {
  *version = 13000;
  return cudaSuccess;
}

cudaError_t cudaGetDeviceCount(int* count) {
  *count = int(world().devices.size());
  return result(*count > 0 ? cudaSuccess : cudaErrorInsufficientDriver);
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  if (device < 0 || std::size_t(device) >= world().devices.size()) return result(cudaErrorInvalidDevice);
  const auto& options = world().devices[std::size_t(device)];
  *properties = {"Emulator", options.memory, options.major, options.minor};
  return cudaSuccess;
}

cudaError_t cudaSetDevice(int device) {
  if (device < 0 || std::size_t(device) >= world().devices.size()) return result(cudaErrorInvalidDevice);
  current_device = device;
  return cudaSuccess;
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  const std::scoped_lock lock(world().mutex);
  const auto& options = world().devices[std::size_t(current_device)];
  *total = options.memory;
  *free = options.said_free > 0 ? options.said_free : options.memory - world().used[std::size_t(current_device)];
  return cudaSuccess;
}

cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  {
    const std::scoped_lock lock(world().mutex);
    std::size_t& used = world().used[std::size_t(current_device)];
    if (bytes > world().devices[std::size_t(current_device)].memory - used) return result(cudaErrorMemoryAllocation);
    used += bytes;
  }
  return take(memory, bytes, current_device);
}

cudaError_t cudaFree(void* memory) { return give_back(memory, false); }

cudaError_t cudaHostAlloc(void** memory, std::size_t bytes, unsigned) { return take(memory, bytes, kPinned); }

cudaError_t cudaFreeHost(void* memory) { return give_back(memory, true); }

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  *stream = new CUstream_st(current_device);
  const std::scoped_lock lock(world().mutex);
  ++world().counts.live_streams;
  return cudaSuccess;
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  stream->wait();
  delete stream;
  const std::scoped_lock lock(world().mutex);
  --world().counts.live_streams;
  return cudaSuccess;
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return result(stream->wait() ? cudaSuccess : cudaErrorLaunchFailure);
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  *event = new CUevent_st;
  const std::scoped_lock lock(world().mutex);
  ++world().counts.live_events;
  return cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  delete event;
  const std::scoped_lock lock(world().mutex);
  --world().counts.live_events;
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  event->mark = std::make_shared<CUevent_st::Mark>();
  const bool queued = emulator::submit(stream, [mark = event->mark, stream] {
    const std::scoped_lock lock(mark->mutex);
    mark->over = true;
    mark->failed = stream->failed;
    mark->time = Clock::now();
    mark->passed.notify_all();
  });
  return result(queued ? cudaSuccess : cudaErrorInvalidResourceHandle);
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  if (!event->mark) return cudaSuccess;
  std::unique_lock lock(event->mark->mutex);
  event->mark->passed.wait(lock, [&] { return event->mark->over; });
  return result(event->mark->failed ? cudaErrorLaunchFailure : cudaSuccess);
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t begin, cudaEvent_t end) {
  for (const cudaEvent_t event : {begin, end}) {
    const std::scoped_lock lock(event->mark->mutex);
    if (!event->mark->over) return result(cudaErrorNotReady);
  }
  *milliseconds = std::chrono::duration<float, std::milli>(end->mark->time - begin->mark->time).count();
  return cudaSuccess;
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
  if (kind != cudaMemcpyHostToDevice || !lies_in(to, bytes, current_device)) return result(cudaErrorInvalidValue);
  std::memcpy(to, from, bytes);
  return cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
  if (!fits(to, from, bytes, bytes, kind)) return result(cudaErrorInvalidValue);
  const bool queued = emulator::submit(stream, [=] { std::memcpy(to, from, bytes); });
  return result(queued ? cudaSuccess : cudaErrorInvalidResourceHandle);
}

cudaError_t cudaMemcpy2DAsync(void* to, std::size_t to_pitch, const void* from, std::size_t from_pitch,
                              std::size_t width, std::size_t height, cudaMemcpyKind kind, cudaStream_t stream) {
  if (height == 0 || width > std::min(to_pitch, from_pitch) ||
      !fits(to, from, to_pitch * (height - 1) + width, from_pitch * (height - 1) + width, kind))
    return result(cudaErrorInvalidValue);
  const bool queued = emulator::submit(stream, [=] {
    for (std::size_t row = 0; row < height; ++row)
      std::memcpy(static_cast<char*>(to) + row * to_pitch, static_cast<const char*>(from) + row * from_pitch, width);
  });
  return result(queued ? cudaSuccess : cudaErrorInvalidResourceHandle);
}
