// Records cut so that lengths tell nothing of labels.
//
// Short records are padded, and padding scores high by itself; a long record counts by the best of many windows, and
// so scores high as well. Where positives and negatives differ in length, that alone separates them.
#pragma once
#include <cstddef>
#include <vector>

#include "host/evaluate/labelled_set.h"

namespace iresweep {

/// The smaller class is sorted by length, and so is the larger; the larger is then dealt out in equal parts (as even as
/// their numbers allow), its shortest records to the shortest of the smaller class. Every record is cut to the shortest
/// of the group it so belongs to, keeping its middle. Within a group lengths, and so numbers of windows, are equal;
/// nothing is left out.
struct LengthMatched {
  std::vector<LabelledRecord> records;  ///< in the order of the set
  std::size_t cut = 0;                  ///< how many of them were longer
};
LengthMatched match_lengths(const LabelledSet& set);

}  // namespace iresweep
