// Which windows tell what an allele changes.
//
//   REF   ......aaaaa......      windows over an allele: all full ones that have a base of it or, where an allele has
//   ALT   ......bbb......        no base (a deletion), bases on both sides of where they were
//
// The longer allele has more of them. For the comparison it gives up those with the fewest of its bases, from either
// end (of equal ones the last), so that both alleles have the same number; the k-th of one is then compared with the
// k-th of the other. For a substitution these are the windows that start at the same base. Those of an indel are
// compared by the middle of the allele; near a transcript's end, where windows with all of the allele are many on one
// side, by that side.
#pragma once
#include <cstdint>

#include "host/input/coordinate_map.h"

namespace iresweep {

/// Windows that start at `first`, first + 1, ...
struct WindowRun {
  std::int64_t first = 0, count = 0;
  bool operator==(const WindowRun&) const = default;
};

/// The full windows over `changed` of a record of `size` bases.
WindowRun windows_over(std::int64_t size, Interval changed);

struct WindowPlan {
  WindowRun ref, alt;  ///< all windows over the allele, each in coordinates of the record with this allele
  std::int64_t skip_ref = 0, skip_alt = 0;  ///< windows of a run before the first that is compared
  std::int64_t pairs = 0;                   ///< compared
  bool operator==(const WindowPlan&) const = default;
};

/// Of a record of `size` bases of which `replaced` give way to `inserted` others.
WindowPlan plan_windows(std::int64_t size, Interval replaced, std::int64_t inserted);

}  // namespace iresweep
