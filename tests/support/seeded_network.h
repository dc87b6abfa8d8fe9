// Networks and sequences made from a seed, the same on every machine.
#pragma once
#include <cstdint>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep::test {

/// A small generator of its own (SplitMix64): the standard library's distributions differ between implementations.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits();
  double uniform(double low, double high);
  int below(int end);  ///< 0 .. end - 1

 private:
  std::uint64_t state_;
};

/// Weights scaled by fan-in and enlarged, variances positive. The logits of one network spread over 1.3 to 6 between
/// random windows, around a mean that differs from seed to seed: what an engine gets wrong shows in them.
Network seeded_network(std::uint64_t seed);

/// `length` base codes, of which about `missing_share` are missing.
std::vector<BaseCode> random_codes(Random& random, int length, double missing_share = 0);

}  // namespace iresweep::test
