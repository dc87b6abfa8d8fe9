// A part of a run's work: so many windows of each strand.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <string_view>

#include "host/scan/tiler.h"

namespace iresweep {

/// Part `number` (from 1) of `of`.
struct Shard {
  std::uint64_t number = 1, of = 1;
};

/// "K/N"; nothing when it is no such thing, or K is not between 1 and N.
std::optional<Shard> parse_shard(std::string_view text);

/// Windows [begin, end) of a strand, by number.
struct WindowRange {
  std::uint64_t begin = 0, end = std::numeric_limits<std::uint64_t>::max();
  bool holds(std::uint64_t number) const { return begin <= number && number < end; }
};
using StrandRanges = std::array<WindowRange, 2>;  ///< plus, minus

/// Windows of each strand, plus and minus.
using WindowCounts = std::array<std::uint64_t, 2>;

/// Those of all that the source has; reads it to its end, or until a stop is asked for. Throws what it throws.
WindowCounts count_windows(SequenceSource& source, const TilerOptions& options, const std::stop_token& stop = {});

/// The windows of a shard: of each strand the same share to within one window. Those of all shards are all windows,
/// none twice.
StrandRanges ranges_of(const Shard& shard, const WindowCounts& windows);

}  // namespace iresweep
