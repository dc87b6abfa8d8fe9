// What a CIGAR says of where a read's bases lie.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "host/input/coordinate_map.h"

namespace iresweep {

/// Operations as BAM stores them: the count of bases in the upper 28 bits, the operation below.
using Cigar = std::span<const std::uint32_t>;

/// The stretches of matches (M, =, X) of an alignment that begins at `position` of its contig; their offsets count in
/// the read as it is stored, soft clips included. Insertions and deletions separate parts, introns (N) make blocks.
/// Clips and gaps before the first and behind the last match belong to no part.
std::vector<AlignedPart> aligned_parts(Cigar cigar, std::int64_t position);

/// Bases that a read with this CIGAR has, soft clips included.
std::int64_t read_size(Cigar cigar);

/// Bases of the read that lie on bases of the contig.
std::int64_t aligned_bases(const std::vector<AlignedPart>& parts);

}  // namespace iresweep
