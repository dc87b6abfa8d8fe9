#include "host/output/report/top_loci.h"

#include <algorithm>

namespace iresweep {
namespace {

// A total order: which loci are kept does not depend on when they come.
bool stands_before(const Hit& a, const Hit& b) {
  if (a.score != b.score) return a.score > b.score;
  return std::tuple(a.record->index, a.start, char(a.strand)) < std::tuple(b.record->index, b.start, char(b.strand));
}

}  // namespace

void TopLoci::write(const Hit& locus) {
  if (!locus.profile || (top_.size() == most_ && stands_before(top_.back(), locus))) return;
  top_.insert(std::upper_bound(top_.begin(), top_.end(), locus, stands_before), locus);
  if (top_.size() > most_) top_.pop_back();
}

// The oracle may put another window of the region first, whose score by the engine is that far away at most.
bool TopLoci::may_show(float score) const {
  return top_.size() < most_ || !(score + 2 * kScoreTolerance < top_.back().score);
}

void Rivals::offer(const Hit& region) {
  if (best_.size() == most_ && region.score <= best_.back().first) return;
  const CoordinateMap& map = *region.record->map;
  Group group{region.record->gene, map.contig(), map.strand_of(region.strand)};
  const auto same = std::find_if(best_.begin(), best_.end(), [&](const auto& one) { return one.second == group; });
  if (same != best_.end()) {
    if (region.score <= same->first) return;
    best_.erase(same);
  }
  const auto behind =
      std::find_if(best_.begin(), best_.end(), [&](const auto& one) { return one.first < region.score; });
  best_.insert(behind, {region.score, std::move(group)});
  if (best_.size() > most_) best_.pop_back();
}

// Twice as far: the oracle may put another window of the rival's locus first, too.
bool Rivals::may_show(float score) const {
  return best_.size() < most_ || !(score + 4 * kScoreTolerance < best_.back().first);
}

}  // namespace iresweep
