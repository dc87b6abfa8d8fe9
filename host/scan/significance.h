// Steps of p, for colours: decided here because a row must not change its colour with the engine's rounding.
#pragma once
#include <array>

namespace iresweep {

inline constexpr std::array kSignificanceBounds = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
inline constexpr int kSignificanceLevels = int(kSignificanceBounds.size()) + 1;

/// How many of the bounds p keeps to: 0 for a p above 0.1, 6 for one of 1e-6 or less.
constexpr int significance(double p) {
  int level = 0;
  for (const double bound : kSignificanceBounds) level += p <= bound;
  return level;
}

}  // namespace iresweep
