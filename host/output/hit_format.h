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

/// What is known of the records of a run; it decides the columns, for one file has one layout.
enum class RecordKind {
  contigs,      ///< whole ones: rows lie on the record itself
  regions,      ///< stretches of contigs
  transcripts,  ///< spliced, of genes
  reads         ///< aligned
};

/// BED, 0-based half-open, '.' where something is absent; coordinates are the contig's but for bestStart and bestEnd,
/// which are the record's. BED9 and nine columns more:
///   chrom start end name score strand thickStart thickEnd itemRgb
///   iresScore p windows bestStart bestEnd missing gene transcripts reads
/// score is round(1000 x best score), thickStart and thickEnd the best window, iresScore the best score itself. For
/// transcripts BED12 (blockCount blockSizes blockStarts after itemRgb), the same nine, toStartCodon (see
/// distance_to_start_codon()) and transcriptCount; for reads BED12 and the same nine. A name that begins with '#'
/// begins with "%23" here.
HitFormat bed_format(RecordKind records = RecordKind::contigs);

struct TableLayout {
  char separator = ',';
  Report report = Report::regions;
  bool both_strands = false;
  RecordKind records = RecordKind::contigs;
};

/// A table with a header line; positions are 1-based inclusive, on the record; '.' where something is absent.
///   best, ','          name score start stop [strand]            the published program's columns; strand only with
///                                                                both strands
///   best, tab          name score start stop strand p windows missing
///   regions, windows   name score start stop strand p windows best_start best_stop missing
/// Behind all but the first, where records lie on contigs: contig contig_start contig_stop contig_strand, the row's
/// place there; and for transcripts gene to_start_codon transcripts, for reads reads.
/// For `best` start and stop are the best window. A score is the shortest text that reads back as the same float. In a
/// comma-separated table a name with a comma, a quote or a line end is quoted as RFC 4180 says.
HitFormat table_format(const TableLayout& layout);

}  // namespace iresweep
