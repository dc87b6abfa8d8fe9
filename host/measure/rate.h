// Repeated timings and what is said of them.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace iresweep {

/// One repeat: what was done in how long.
struct Repeat {
  std::uint64_t windows = 0, bases = 0;
  double seconds = 0;                   ///< above 0
  std::optional<double> gpu_seconds{};  ///< of these, GPUs ran kernels: their mean; absent on a CPU

  double windows_per_second() const { return double(windows) / seconds; }
};

/// Windows a second over the repeats: the middle one (the mean of the two middle ones), and how far they spread.
struct Rate {
  double median = 0, lowest = 0, highest = 0;
};

/// `repeats` holds at least one.
Rate windows_per_second(const std::vector<Repeat>& repeats);

/// Millions of bases a second, of all repeats together.
double megabases_per_second(const std::vector<Repeat>& repeats);

}  // namespace iresweep
