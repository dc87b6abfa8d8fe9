// Where a base of a window lies.
#pragma once
#include <cstdint>
#include <string>

#include "host/explain/window_chooser.h"

namespace iresweep {

/// The letters of base codes.
inline constexpr char kBaseLetters[] = "ACGTN";

inline const std::string& contig_of(const ChosenWindow& window) {
  return window.record->map ? window.record->map->contig() : window.record->name;
}

inline Strand strand_of(const ChosenWindow& window) {
  return window.record->map ? window.record->map->strand() : Strand::plus;
}

/// On the contig, 0-based; below 0 for padding.
inline std::int64_t place_of_base(const ChosenWindow& window, int position) {
  const std::int64_t base = window.base(position);
  if (base < 0 || !window.record->map) return base;
  return window.record->map->project({base, base + 1}).front().start;
}

}  // namespace iresweep
