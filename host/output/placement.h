// Where a hit lies on the genome.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/scan/hit.h"

namespace iresweep {

struct Placement {
  std::string_view contig;       ///< valid as long as the hit's record
  Strand strand = Strand::plus;  ///< of the contig
  std::vector<Interval> blocks;  ///< of the row: ascending, one unless it is spliced
  Interval best;                 ///< from the first to the last base of the best window
};

/// Of the whole hit. Across the junction of a circle: all its blocks, and from the first to the last base of its best
/// window's parts.
Placement placement(const Hit& hit);

/// Reads that share the row; 1 for the row of one.
std::uint64_t read_count(const Hit& hit);

/// As rows of BED: two where the hit goes across the junction of a circle, that before it first. A row without a base
/// of the best window has an empty one, at its start.
std::vector<Placement> row_placements(const Hit& hit);

/// The record's name; with ":BSJ" behind it (back-splice junction) for a hit that reads across the junction of a
/// circle.
std::string hit_name(const Hit& hit);

/// Bases from the end of the best window to the start codon, negative when the window reaches beyond its first base;
/// absent when that is unknown, and on the opposite strand of the transcript.
std::optional<std::int64_t> distance_to_start_codon(const Hit& hit);

/// The transcripts that share the row, with commas between them; how many there are.
std::string transcript_names(const Hit& hit);
std::size_t transcript_count(const Hit& hit);

}  // namespace iresweep
