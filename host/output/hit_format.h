// The text of a hit in each format. Bytes depend on the hit alone.
#pragma once
#include <functional>
#include <string>

#include "host/scan/caller.h"
#include "host/scan/hit.h"

namespace iresweep {

struct HitFormat {
  std::string header;  ///< a line, with its end
  std::function<void(const Hit&, std::string&)> append;
};

/// BED9 and nine columns more; 0-based half-open, '.' where something is absent:
///   chrom start end name score strand thickStart thickEnd itemRgb
///   iresScore p windows bestStart bestEnd missing gene transcripts reads
/// score is round(1000 x best score), thickStart and thickEnd the best window, iresScore the best score itself.
/// A name that begins with '#' begins with "%23" here.
HitFormat bed_format();

/// A table with a header line; positions are 1-based inclusive, '.' where something is absent.
///   best, ','          name score start stop [strand]            the published program's columns; strand only with
///                                                                both strands
///   best, tab          name score start stop strand p windows missing
///   regions, windows   name score start stop strand p windows best_start best_stop missing
/// For `best` start and stop are the best window. A score is the shortest text that reads back as the same float. In a
/// comma-separated table a name with a comma, a quote or a line end is quoted as RFC 4180 says.
HitFormat table_format(char separator, Report report, bool both_strands);

}  // namespace iresweep
