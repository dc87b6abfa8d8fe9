// How long a device was at work on at least one of several overlapping streams.
#pragma once
#include <array>
#include <cstddef>

namespace iresweep::cuda {

/// Sums the union of intervals that come nearly in order: one may lie before kOpen disjoint stretches of others, but
/// not before more. Allocates nothing. Not for several threads at once.
class BusyTime {
 public:
  /// begin <= end, seconds on one clock.
  void add(double begin, double end);
  double seconds() const;

 private:
  struct Stretch {
    double begin = 0, end = 0;
  };
  static constexpr std::size_t kOpen = 32;
  std::array<Stretch, kOpen> open_{};  ///< disjoint, ascending
  std::size_t count_ = 0;
  double closed_ = 0;  ///< length of the stretches that were pushed out
};

}  // namespace iresweep::cuda
