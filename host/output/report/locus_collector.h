// The loci of the highest scores, with what a picture of them needs.
#pragma once
#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "host/output/report/transcript_part.h"
#include "host/scan/arbiter.h"
#include "host/scan/best_window.h"
#include "host/scan/hit.h"
#include "host/scan/job.h"

namespace iresweep {

/// A window of a profile: the bases of its record, and its score.
struct ProfilePoint {
  std::int64_t start = 0, end = 0;
  float score = 0;
  bool blank = false;  ///< too many missing bases: its score means nothing
};

struct TopLocus {
  Hit hit;                            ///< without p
  double logit = 0;                   ///< of its best window, in full
  std::vector<ProfilePoint> profile;  ///< ascending; windows within kFlank bases of the best one
};

/// Finds regions as Caller does, whatever is reported. Memory: the loci that are kept, and one that grows a strand.
class LocusCollector {
 public:
  static constexpr std::int64_t kFlank = 500;  ///< bases

  /// Keeps the `most` best. `arbiter` must outlive it.
  LocusCollector(double threshold_logit, int max_missing, std::size_t most, const Arbiter& arbiter);

  /// Of the windows of a segment, ascending; see window_of().
  void take(const Segment& segment, const ScoredWindow& window);
  /// No more windows of this record and strand come.
  void end(Strand strand);

  std::uint64_t called() const { return called_; }
  std::uint64_t loci() const { return loci_; }
  /// Of these on the strand of a transcript, by the part where their best window has its middle.
  const CountsByPart& loci_by_part() const { return loci_by_part_; }
  /// The best first; of equal scores the first; of one window in isoforms of a gene the first. After the last window.
  const std::vector<TopLocus>& top() const { return top_; }

 private:
  /// A region whose windows, or those behind it, may still come.
  struct Growing {
    TopLocus locus;
    BestWindow best;
    float highest = -1;     ///< score that the engine gave to a window of it so far
    std::int64_t peak = 0;  ///< start of that window
    bool closed = false;    ///< as a region; its profile may grow
  };
  struct StrandState {
    std::deque<ProfilePoint> recent;  ///< the windows before, as far back as a profile may reach
    std::deque<Growing> growing;      ///< all closed but the last
  };
  void call(StrandState& state, const Segment& segment, const ScoredWindow& window, float score);
  void finish(Growing& growing);

  const double threshold_logit_;
  const int max_missing_;
  const std::size_t most_;
  const Arbiter& arbiter_;
  std::array<StrandState, 2> strands_;
  std::vector<TopLocus> top_;  ///< the best first
  std::uint64_t called_ = 0, loci_ = 0;
  CountsByPart loci_by_part_{};
};

}  // namespace iresweep
