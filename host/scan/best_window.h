// The best of a stream of windows, the same for every engine.
#pragma once
#include <optional>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/scan/job.h"

namespace iresweep {

/// A window as it comes from a batch; `codes` points to its kWindow codes there.
struct ScoredWindow {
  const BaseCode* codes = nullptr;
  Place place;
  float logit = 0;
};

/// The i-th window of a segment by ascending place.
ScoredWindow window_of(const Segment& segment, const Job& job, std::size_t i);

/// A window that may win: its codes, and the scores that the oracle could give it.
class Candidate {
 public:
  explicit Candidate(const ScoredWindow& window);

  /// Asks the oracle, unless it has been asked.
  void make_exact(const Arbiter& arbiter);

  bool same_codes(const Candidate& other) const { return codes_ == other.codes_; }
  const WindowCodes& codes() const { return codes_; }
  const Place& place() const { return place_; }
  double logit() const { return logit_; }
  LogitRange range() const { return range_; }  ///< one point once exact
  float low() const { return low_; }           ///< the least score possible
  float high() const { return high_; }         ///< the greatest

 private:
  WindowCodes codes_;
  Place place_;
  double logit_;
  LogitRange range_;
  float low_, high_;
  bool exact_ = false;
};

/// Whether the oracle scores `a` strictly above `b`; asks it where the engine leaves that open.
bool beats(Candidate& a, Candidate& b, const Arbiter& arbiter);

/// Keeps the windows that could still be the best: those whose possible scores overlap the best one's. The oracle is
/// asked at the end only, or when there are too many of them.
class BestWindow {
 public:
  /// Windows of one strand by ascending start.
  void offer(const ScoredWindow& window, const Arbiter& arbiter);

  /// The window of the highest score; of equal float scores the first, or with `last_wins_ties` the one offered last if
  /// it is among them. At least one window must have been offered.
  Candidate decide(const Arbiter& arbiter, bool last_wins_ties = false);

  /// The first of the highest logit that the engine gave: no more than likely the best, but nobody asks the oracle. At
  /// least one window must have been offered.
  const Candidate& likely() const;

  bool empty() const { return open_.empty(); }
  void clear();

 private:
  void narrow(const Arbiter& arbiter);

  std::vector<Candidate> open_;      ///< of different codes, as offered
  std::optional<Candidate> latest_;  ///< the window offered last, if it could be the best
  float least_ = 0;                  ///< the best score is at least this
  double hopeless_ = 0;              ///< windows with a lower logit need no closer look
};

}  // namespace iresweep
