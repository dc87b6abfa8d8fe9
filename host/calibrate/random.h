// Numbers from a seed, the same on every machine: the standard library's distributions differ between implementations.
#pragma once
#include <cstdint>

namespace iresweep {

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
  }

  /// 0 .. end - 1, all equally likely; `end` is at least 1. No division where none is needed (Lemire: Fast random
  /// integer generation in an interval, 2019).
  std::uint32_t below(std::uint32_t end) {
    std::uint64_t product = (bits() >> 32) * end;
    if (std::uint32_t(product) < end) {
      const std::uint32_t uneven = -end % end;
      while (std::uint32_t(product) < uneven) product = (bits() >> 32) * end;
    }
    return std::uint32_t(product >> 32);
  }

  /// The same for a large `end`.
  std::uint64_t below_large(std::uint64_t end) {
    const std::uint64_t uneven = -end % end;
    std::uint64_t draw = bits();
    while (draw < uneven) draw = bits();
    return draw % end;
  }

 private:
  std::uint64_t state_;
};

/// A seed for one of many independent streams: the same for the same seed and place, whoever asks and when.
inline std::uint64_t seed_of(std::uint64_t seed, std::uint64_t first, std::uint64_t second) {
  const std::uint64_t outer = Random(Random(seed).bits() + first).bits();
  return Random(outer + second).bits();
}

}  // namespace iresweep
