// Regions of called windows, with the scores around them.
#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/scan/best_window.h"
#include "host/scan/hit.h"
#include "host/scan/job.h"

namespace iresweep {

/// Finds regions as Caller does, whatever is reported. Memory: a region that grows a strand, and what a profile
/// reaches.
class RegionCollector {
 public:
  static constexpr std::int64_t kFlank = 500;  ///< bases to each side of the best window that a profile shows

  /// Whether a region, whose score is the engine's, may be shown. One that may not comes without a profile, and its
  /// best window is the engine's: near ties are not worth the oracle's time.
  using MayShow = std::function<bool(const Hit& region)>;

  /// Regions, without p, go to `sink`: those of a record before those of the next, and on a strand by start. `arbiter`
  /// and `sink` must outlive it.
  RegionCollector(double threshold_logit, int max_missing, const Arbiter& arbiter, MayShow may_show, HitSink& sink);

  /// Of the windows of a segment, ascending; see window_of().
  void take(const Segment& segment, const ScoredWindow& window);
  /// No more windows of this record and strand come.
  void end(Strand strand);

  std::uint64_t called() const { return called_; }

 private:
  /// A region whose windows, or those behind it, may still come.
  struct Growing {
    Hit hit;
    std::vector<ProfilePoint> profile;
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
  const Arbiter& arbiter_;
  const MayShow may_show_;
  HitSink& sink_;
  std::array<StrandState, 2> strands_;
  std::uint64_t called_ = 0;
};

}  // namespace iresweep
