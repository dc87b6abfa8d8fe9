// A window of random bases, some of them missing.
#pragma once
#include <algorithm>
#include <cstdint>

#include "tests/support/seeded_network.h"

namespace iresweep::test {

inline WindowCodes random_window(std::uint64_t seed, double missing_share = 0) {
  Random random(seed);
  const auto codes = random_codes(random, kWindow, missing_share);
  WindowCodes window;
  std::copy(codes.begin(), codes.end(), window.begin());
  return window;
}

}  // namespace iresweep::test
