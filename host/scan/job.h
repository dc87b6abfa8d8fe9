// A batch on its way through the pipeline, and where its windows lie.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "host/input/sequence_source.h"
#include "iresweep/engine.h"

namespace iresweep {

/// A stretch of consecutive windows of one record and strand. A record that does not fit a batch has a segment in
/// each; then the segments of the two strands of a stretch stand one after the other, plus first.
struct Segment {
  std::shared_ptr<const Record> record;
  Strand strand = Strand::plus;
  std::size_t first = 0, count = 0;  ///< windows [first, first + count) of the batch
  bool ends = false;  ///< no more windows of this record on this strand; not set where the last lie outside its feature
  std::int64_t circle = 0;  ///< where a circle ends: its bases, without those that come twice; else 0
};

/// Where one window lies on its record's plus strand, 0-based half-open. In a segment of the minus strand positions
/// descend: the batch holds the reverse complement.
struct Place {
  std::int64_t start = 0,
               end = 0;       ///< end - start < kWindow only when the whole record is shorter (then padded on the left)
  std::uint16_t missing = 0;  ///< missing bases among the kWindow, padding included
};

struct Job {
  std::uint64_t serial = 0;  ///< order of the input, from 0
  std::unique_ptr<Batch> batch;
  std::vector<Segment> segments;  ///< in order, covering all windows
  std::vector<Place> places;      ///< one a window
};

}  // namespace iresweep
