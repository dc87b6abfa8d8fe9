#include "host/output/report/locus_collector.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "iresweep/model.h"

namespace iresweep {
namespace {

// A total order: which loci are kept does not depend on when they come.
bool stands_before(const TopLocus& a, const TopLocus& b) {
  if (a.hit.score != b.hit.score) return a.hit.score > b.hit.score;
  return std::tuple(a.hit.record->index, a.hit.start, char(a.hit.strand)) <
         std::tuple(b.hit.record->index, b.hit.start, char(b.hit.strand));
}

// Isoforms of a gene share windows: one of them is enough.
bool same_place(const TopLocus& a, const TopLocus& b) {
  return !a.hit.record->gene.empty() && a.hit.record->gene == b.hit.record->gene &&
         a.hit.best_codes == b.hit.best_codes;
}

}  // namespace

LocusCollector::LocusCollector(double threshold_logit, int max_missing, std::size_t most, const Arbiter& arbiter)
    : threshold_logit_(threshold_logit), max_missing_(max_missing), most_(most), arbiter_(arbiter) {}

void LocusCollector::take(const Segment& segment, const ScoredWindow& window) {
  StrandState& state = strands_[segment.strand == Strand::minus];
  const Place& place = window.place;
  const bool blank = place.missing > max_missing_;
  const ProfilePoint point{place.start, place.end, score_of(window.logit), blank};

  auto& growing = state.growing;
  while (!growing.empty() && place.start >= growing.front().peak + kWindow + kFlank &&
         (growing.front().closed || place.start >= growing.front().locus.hit.end)) {
    finish(growing.front());
    growing.pop_front();
  }
  if (!blank && window.logit > threshold_logit_) call(state, segment, window, point.score);
  for (Growing& one : growing)
    if (point.start < one.peak + kWindow + kFlank) one.locus.profile.push_back(point);

  state.recent.push_back(point);
  while (state.recent.front().end + kFlank <= place.start) state.recent.pop_front();
}

void LocusCollector::call(StrandState& state, const Segment& segment, const ScoredWindow& window, float score) {
  const Place& place = window.place;
  ++called_;
  auto& growing = state.growing;
  if (!growing.empty() && place.start >= growing.back().locus.hit.end) growing.back().closed = true;
  if (growing.empty() || growing.back().closed) {
    ++loci_;
    Hit& hit = growing.emplace_back().locus.hit;
    hit.record = segment.record;
    hit.strand = segment.strand;
    hit.start = place.start;
  }
  Growing& region = growing.back();
  region.locus.hit.end = place.end;
  ++region.locus.hit.windows;
  region.best.offer(window, arbiter_);
  if (score <= region.highest) return;
  region.highest = score;
  region.peak = place.start;
  region.locus.profile.assign(state.recent.begin(), state.recent.end());
  std::erase_if(region.locus.profile, [&](const ProfilePoint& old) { return old.end + kFlank <= place.start; });
}

void LocusCollector::end(Strand strand) {
  StrandState& state = strands_[strand == Strand::minus];
  for (Growing& growing : state.growing) finish(growing);
  state.growing.clear();
  state.recent.clear();
}

// A region whose best score cannot come near the ones kept is not looked at closer.
void LocusCollector::finish(Growing& growing) {
  const Hit& region = growing.locus.hit;
  if (const auto part = part_at(*region.record, growing.peak + kWindow / 2); part && region.strand == Strand::plus)
    ++loci_by_part_[std::size_t(*part)];
  if (top_.size() == most_ && growing.highest + 2 * kScoreTolerance < top_.back().hit.score) return;
  const Candidate best = growing.best.decide(arbiter_);
  TopLocus& locus = growing.locus;
  locus.logit = best.logit();
  locus.hit.logit = float(best.logit());
  locus.hit.best_codes = best.codes();
  locus.hit.score = score_of(best.logit());
  locus.hit.best_start = best.place().start;
  locus.hit.best_end = best.place().end;
  locus.hit.missing = best.place().missing;
  const auto same =
      std::find_if(top_.begin(), top_.end(), [&](const TopLocus& kept) { return same_place(kept, locus); });
  if (same != top_.end()) {
    if (stands_before(*same, locus)) return;
    top_.erase(same);
  }
  top_.insert(std::upper_bound(top_.begin(), top_.end(), locus, stands_before), std::move(locus));
  if (top_.size() > most_) top_.pop_back();
}

}  // namespace iresweep
