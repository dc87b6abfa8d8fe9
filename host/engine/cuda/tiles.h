// A batch's bases cut into tiles of one size, so that cuDNN sees one shape only: its sums then have one order, and a
// window's logit does not depend on the batch.
//
//   bases   ├──────────────────────────────────────────────┤
//   tiles   ├───────────────┤   ├───────────────┤
//                       ├───────────────┤   ├───────────────┤  (the last one reaches beyond, into zeros)
//   kept    ├─────────────┤├───────────┤├─────────┤ ...         kTileMargin columns of a tile's sides see false padding
#pragma once
#include <algorithm>
#include <cstddef>

namespace iresweep::cuda {

/// Columns beside a cut that are not kept: at least kEnd, and such that tiles begin at multiples of 16 bases.
inline constexpr std::size_t kTileMargin = 8;

struct Tile {
  std::size_t begin = 0, bases = 0;  ///< of the batch: bases [begin, begin + bases)
  std::size_t from = 0, to = 0;      ///< columns of the tile that are kept
};

/// Calls visit(tile) for tiles of `columns` (a multiple of 16 above 2 * kTileMargin); what they keep covers every base
/// once, in order.
template <class Visit>
void for_each_tile(std::size_t base_count, std::size_t columns, const Visit& visit) {
  for (std::size_t begin = 0; begin < base_count; begin += columns - 2 * kTileMargin) {
    const bool last = begin + columns >= base_count;
    const std::size_t bases = std::min(columns, base_count - begin);
    visit(Tile{begin, bases, begin == 0 ? 0 : kTileMargin, last ? bases : columns - kTileMargin});
    if (last) return;
  }
}

}  // namespace iresweep::cuda
