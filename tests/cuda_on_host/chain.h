// Device memory that is host memory, batches of packed sequences, and the kernels strung together.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "host/model/fold.h"
#include "iresweep/network.h"
#include "kernels/cuda/launch.h"
#include "kernels/reference/forward.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {

/// "Device" memory of exactly n values, aligned as launch.h asks: the address sanitizer sees every step beyond. Filled
/// with NaN (all bits set).
template <class T>
class Room {
 public:
  explicit Room(std::size_t n) : size_(n), memory_(static_cast<T*>(std::aligned_alloc(16, bytes(n)))) {
    std::fill_n(reinterpret_cast<unsigned char*>(memory_.get()), n * sizeof(T), 0xff);
  }
  explicit Room(const std::vector<T>& from) : Room(from.size()) { std::copy(from.begin(), from.end(), data()); }

  T* data() { return memory_.get(); }
  std::span<T> span() { return {data(), size_}; }
  T& operator[](std::size_t i) { return span()[i]; }

 private:
  static std::size_t bytes(std::size_t n) { return (n * sizeof(T) + 15) / 16 * 16; }
  struct Free {
    void operator()(T* p) const { std::free(p); }
  };
  std::size_t size_;
  std::unique_ptr<T, Free> memory_;
};

/// Sequences back to back, and windows of them.
struct Packed {
  std::vector<BaseCode> bases;
  std::vector<std::uint32_t> starts;

  /// Appends a sequence of at least kWindow bases: windows at 0, step, ... and one that ends with it, at most `most`.
  void add(const std::vector<BaseCode>& sequence, int step, std::size_t most = 1000);
  std::span<const BaseCode, kWindow> window(std::size_t i) const {
    return std::span<const BaseCode, kWindow>(bases.data() + starts[i], kWindow);
  }
};

struct NetworkOnDevice {
  explicit NetworkOnDevice(const Network& of) : network(of), weights(cuda::lay_out(fold(of))) {}

  Network network;
  cuda::Weights weights;  ///< its tables are device memory here
};

/// A batch and all memory that scoring it takes.
struct ChainRooms {
  explicit ChainRooms(const Packed& packed);

  Room<BaseCode> bases;
  Room<std::uint32_t> starts;
  Room<float> features, end_features, gates, end_gates, states, context, logits;

  cuda::DeviceBatch batch();
  cuda::Plane feature_plane();  ///< its pitch is larger than its count
  cuda::Workspace workspace();
  std::vector<float> result() { return {logits.span().begin(), logits.span().end()}; }
};

/// The logits of all windows, features by conv_direct.
std::vector<float> score_direct(const NetworkOnDevice& on, const Packed& packed);

/// The same with features from one-hot planes by plain loops in double, in cuDNN's place.
std::vector<float> score_by_planes(const NetworkOnDevice& on, const Packed& packed);

}  // namespace iresweep::test
