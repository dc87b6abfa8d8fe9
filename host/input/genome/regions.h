// Stretches of contigs that a user names.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/contigs.h"
#include "host/input/coordinate_map.h"

namespace iresweep {

struct Region {
  std::size_t contig = 0;  ///< of the contigs that it was read for
  Interval stretch;
  auto operator<=>(const Region&) const = default;
};

struct Regions {
  std::vector<Region> regions;
  std::vector<std::string> notes;  ///< regions that were cut at the end of their contig
};

/// "chr1:1,000-2,000,chr2": regions with commas between them, as samtools writes them: NAME, NAME:FROM-TO, NAME:FROM-,
/// NAME:-TO or NAME:FROM (to the end), positions 1-based, both included, with or without commas between thousands;
/// {NAME} for a name that could be read in two ways. Throws Error for an unknown contig, an interval that is reversed,
/// empty or begins before the contig, and for what is no region.
Regions parse_regions(std::string_view text, const Contigs& contigs);

/// The first three columns of a BED file, plain or gzip: 0-based half-open. '#', track and browser lines and empty
/// lines are passed over. Throws as parse_regions(), with file and line.
Regions read_regions(const std::string& path, const Contigs& contigs);

/// In order of the contigs; regions that overlap become one.
std::vector<Region> merge_regions(std::vector<Region> regions);

}  // namespace iresweep
