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

/// Weights scaled by fan-in, variances positive, so that no activation saturates. The scores of one network lie within
/// about 0.02 of each other: compare with tolerances that are small beside that.
Network seeded_network(std::uint64_t seed);

/// `length` base codes, of which about `missing_share` are missing.
std::vector<BaseCode> random_codes(Random& random, int length, double missing_share = 0);

}  // namespace iresweep::test
