#include "host/output/report/region_collector.h"

#include <utility>

#include "iresweep/model.h"

namespace iresweep {
namespace {

void set_best(Hit& hit, const Candidate& best) {
  hit.logit = float(best.logit());
  hit.best_codes = best.codes();
  hit.score = score_of(best.logit());
  hit.best_start = best.place().start;
  hit.best_end = best.place().end;
  hit.missing = best.place().missing;
}

}  // namespace

RegionCollector::RegionCollector(double threshold_logit, int max_missing, const Arbiter& arbiter, MayShow may_show,
                                 HitSink& sink)
    : threshold_logit_(threshold_logit),
      max_missing_(max_missing),
      arbiter_(arbiter),
      may_show_(std::move(may_show)),
      sink_(sink) {}

void RegionCollector::take(const Segment& segment, const ScoredWindow& window) {
  StrandState& state = strands_[segment.strand == Strand::minus];
  const Place& place = window.place;
  const bool blank = place.missing > max_missing_;
  const ProfilePoint point{place.start, place.end, score_of(window.logit), blank};

  auto& growing = state.growing;
  while (!growing.empty() && place.start >= growing.front().peak + kWindow + kFlank &&
         (growing.front().closed || place.start >= growing.front().hit.end)) {
    finish(growing.front());
    growing.pop_front();
  }
  if (!blank && window.logit > threshold_logit_) call(state, segment, window, point.score);
  for (Growing& one : growing)
    if (point.start < one.peak + kWindow + kFlank) one.profile.push_back(point);

  state.recent.push_back(point);
  while (state.recent.front().end + kFlank <= place.start) state.recent.pop_front();
}

void RegionCollector::call(StrandState& state, const Segment& segment, const ScoredWindow& window, float score) {
  const Place& place = window.place;
  ++called_;
  auto& growing = state.growing;
  if (!growing.empty() && place.start >= growing.back().hit.end) growing.back().closed = true;
  if (growing.empty() || growing.back().closed) {
    Hit& hit = growing.emplace_back().hit;
    hit.record = segment.record;
    hit.strand = segment.strand;
    hit.start = place.start;
  }
  Growing& region = growing.back();
  region.hit.end = place.end;
  ++region.hit.windows;
  region.best.offer(window, arbiter_);
  if (score <= region.highest) return;
  region.highest = score;
  region.peak = place.start;
  region.profile.assign(state.recent.begin(), state.recent.end());
  std::erase_if(region.profile, [&](const ProfilePoint& old) { return old.end + kFlank <= place.start; });
}

void RegionCollector::end(Strand strand) {
  StrandState& state = strands_[strand == Strand::minus];
  for (Growing& growing : state.growing) finish(growing);
  state.growing.clear();
  state.recent.clear();
}

void RegionCollector::finish(Growing& growing) {
  Hit& hit = growing.hit;
  set_best(hit, growing.best.likely());
  if (may_show_(hit)) {
    const Candidate best = growing.best.decide(arbiter_);
    set_best(hit, best);
    hit.profile = std::make_shared<const Profile>(Profile{best.logit(), std::move(growing.profile)});
  }
  sink_.write(hit);
}

}  // namespace iresweep
