#include "host/output/track/window_drawing.h"

#include <algorithm>
#include <utility>

#include "host/scan/best_window.h"
#include "iresweep/model.h"

namespace iresweep {

WindowDrawing::WindowDrawing(int step, int max_missing, Draw draw)
    : width_(std::min(step, kWindow)), max_missing_(max_missing), draw_(std::move(draw)) {}

void WindowDrawing::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    Slot& slot = pending_[segment.strand == Strand::minus];
    for (Slot& old : pending_)
      if (old && old->record->index != segment.record->index) draw(old);
    for (std::size_t i = 0; i < segment.count; ++i) {
      const ScoredWindow window = window_of(segment, job, i);
      take_window(slot, segment, window.place, window.logit);
    }
    if (segment.ends) draw(slot);
  }
}

void WindowDrawing::finish() {
  for (Slot& slot : pending_) draw(slot);
}

// Halves are rounded up, of centres and of midpoints alike: at any step neighbours of the grid meet.
void WindowDrawing::take_window(Slot& before, const Segment& segment, const Place& place, float logit) {
  const std::int64_t centre = (place.start + place.end) / 2;
  const std::int64_t start = centre - width_ / 2;
  Pending window{segment.record, segment.strand, centre,
                 Interval{std::max(start, place.start), std::min(start + width_, place.end)}, std::nullopt};
  if (place.missing <= max_missing_) window.score = score_of(logit);
  if (before) {
    const std::int64_t midpoint = (before->centre + centre + 1) / 2;
    before->bases.end = std::min(before->bases.end, midpoint);
    window.bases.start = std::max(window.bases.start, midpoint);
    draw(before);
  }
  before = std::move(window);
}

void WindowDrawing::draw(Slot& pending) {
  if (pending && pending->score && pending->bases.size() > 0)
    draw_({*pending->record, pending->strand, pending->bases, *pending->score});
  pending.reset();
}

}  // namespace iresweep
