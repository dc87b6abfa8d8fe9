// From records to batches of windows. After the tiler nothing knows of files or strands.
//
//   pieces of records ──► [ what the next windows need ] ──► segments of windows in a job's batch
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "host/input/sequence_source.h"
#include "host/scan/job.h"

namespace iresweep {

struct TilerOptions {
  int step = kPublishedStep;  ///< at least 1
  bool plus = true, minus = false;
};

struct TilerCounts {
  std::uint64_t records = 0;        ///< read to their end
  std::uint64_t empty_records = 0;  ///< of these, without a base: no window
  std::uint64_t short_records = 0;  ///< of these, with fewer bases than a window: one padded window
  std::uint64_t bases = 0;          ///< read so far
  std::uint64_t longest = 0;        ///< bases of the longest record, as far as it is read
  std::uint64_t windows = 0;        ///< packed so far, both strands together
  std::uint64_t outside = 0;        ///< passed over: too few of their bases where windows are scored
  /// Records without a window because none has half of its bases in the record's feature.
  std::uint64_t short_features = 0;
};

/// Windows start at 0, step, 2 step, ... and the last one ends at the record's end (not twice). A record of kWindow
/// bases or fewer is one window, padded with kMissing on the left of the strand that is scored. An empty record has no
/// window and no segment. A circle has the windows that start at 0, step, 2 step, ... in it. Of a record with a feature
/// only the windows with at least half of their bases in it come, and the same of one with stretches to score within.
///
/// A record is cut into stretches of windows, as many as a batch and the bases read so far allow. A stretch is a
/// segment; with both strands the segment of the plus strand is followed by that of the minus strand, in the same job
/// wherever two windows fit a batch. Where stretches are cut depends on the batch and on the pieces; the windows
/// themselves, and their order within a strand once minus segments are turned round, do not.
///
/// Memory: one piece and kWindow bases more. Not for several threads at once.
class Tiler {
 public:
  /// `source` must outlive the tiler. Throws Error for a step below 1 or no strand.
  Tiler(SequenceSource& source, TilerOptions options);

  /// Fills job.batch (which must be there) up to its capacity, and the rest of the job; what the job held is
  /// dropped. Every filled job has at least one window and no segment is empty. Returns false, with an empty job, when
  /// nothing is left. Throws what the source throws, and Error for a batch too small for one window.
  bool fill(Job& job);

  const TilerCounts& counts() const { return counts_; }

 private:
  std::uint64_t strands() const { return options_.plus && options_.minus ? 2 : 1; }
  std::size_t room(const Batch& batch) const;
  bool load_windows();
  bool load_piece();
  void begin_record(const Piece& piece);
  std::int64_t end() const;
  std::optional<std::int64_t> next_start() const;
  void plan_stretch(std::size_t most);
  int missing_in_last() const;
  int missing_between(std::int64_t from, std::int64_t to) const;
  void emit(Job& job, Strand strand);

  SequenceSource& source_;
  TilerOptions options_;
  TilerCounts counts_;
  std::uint64_t jobs_ = 0;

  std::shared_ptr<const Record> record_;  ///< the record being cut; null before the first
  std::vector<BaseCode> bases_;           ///< its bases [origin_, end())
  std::int64_t origin_ = 0;
  std::int64_t grid_ = 0;   ///< where the next window of the grid starts
  std::int64_t tiled_ = 0;  ///< end of the last window planned
  bool complete_ = false;   ///< its last base is read
  bool reaches_ = false;    ///< a window planned so far has half of its bases in its feature

  std::vector<Place> stretch_;  ///< the windows planned last, ascending
  bool minus_due_ = false;      ///< they are still to be packed on the minus strand: one window filled the batch
};

}  // namespace iresweep
