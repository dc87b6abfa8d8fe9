// The bases of records that lie on a genome.
#pragma once
#include <cstddef>
#include <vector>

#include "host/input/coordinate_map.h"
#include "host/input/genome/genome.h"
#include "host/input/reverse_complement.h"

namespace iresweep {

/// A stretch of a record, in the record's direction. `contig` is the map's, as the genome numbers it.
inline std::vector<BaseCode> mapped_bases(Genome& genome, std::size_t contig, const CoordinateMap& map,
                                          Interval stretch) {
  std::vector<BaseCode> codes;
  for (const Interval& block : map.project(stretch)) genome.read(contig, block, codes);
  if (map.strand() == Strand::minus) reverse_complement(codes);
  return codes;
}

}  // namespace iresweep
