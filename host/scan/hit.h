// What a scan reports, in record coordinates; written once, for all engines and output formats.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/scan/arbiter.h"
#include "host/scan/profile.h"

namespace iresweep {

/// A row of the result: a region of merged windows, one called window, or the best window of a record.
/// Coordinates are 0-based half-open on the record's plus strand; on a circle starts lie in it, and what goes on beyond
/// its last base counts on: an end is at most start + circle.
struct Hit {
  std::shared_ptr<const Record> record;
  Strand strand = Strand::plus;
  std::int64_t start = 0, end = 0;            ///< the region
  std::int64_t best_start = 0, best_end = 0;  ///< its best window
  float score = 0;                            ///< of the best window
  std::optional<double> p;                    ///< share of null windows that reach it; absent without a null table
  std::uint64_t windows = 0;                  ///< called windows merged; for `best` the windows tried
  int missing = 0;                            ///< missing bases of the best window
  float logit = 0;                            ///< of the best window
  WindowCodes best_codes = {};                ///< of the best window, as it was scored
  std::int64_t circle = 0;                    ///< bases of the circle; 0 where the record is none
  /// Of a row that several transcripts or reads share (see Loci, ReadLoci): its blocks on the contig, and the names of
  /// the transcripts or the number of reads. Everything else is the best one's. Empty and 0 for the row of one record.
  std::vector<Interval> blocks = {};
  std::vector<std::string> transcripts = {};
  std::uint64_t reads = 0;
  /// Of a row that may be shown with a picture. It goes where the row goes, so that of rows that become one only the
  /// best one's is kept. Null elsewhere.
  std::shared_ptr<const Profile> profile = {};
};

class HitSink {
 public:
  virtual ~HitSink() = default;
  virtual void write(const Hit& hit) = 0;
};

}  // namespace iresweep
