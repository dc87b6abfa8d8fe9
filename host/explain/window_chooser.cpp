#include "host/explain/window_chooser.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "iresweep/error.h"
#include "iresweep/model.h"

namespace iresweep {
namespace {

void add_to(ScoreProfile& profile, const ScoredWindow& window, bool missing) {
  profile.length = window.place.end;
  if (++profile.windows > ScoreProfile::kMost) return;
  profile.start.push_back(window.place.start);
  profile.score.push_back(missing ? std::numeric_limits<float>::quiet_NaN() : score_of(window.logit));
}

}  // namespace

WindowChooser::WindowChooser(WindowChoice choice, int max_missing, const Arbiter& arbiter, Take take, bool profiles)
    : choice_(choice), max_missing_(max_missing), arbiter_(arbiter), take_(std::move(take)), profiles_(profiles) {}

void WindowChooser::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    if (!record_ || record_->index != segment.record->index) {
      finish();
      record_ = segment.record;
      if (profiles_) profile_ = std::make_shared<ScoreProfile>();
      ++counts_.records;
    }
    for (std::size_t i = 0; i < segment.count; ++i) take_window(window_of(segment, job, i));
  }
}

void WindowChooser::take_window(const ScoredWindow& window) {
  if (!std::isfinite(window.logit))
    throw Error("a window's score is not a number",
                fmt::format("record '{}', base {}", record_->name, window.place.start + 1),
                "the model's weights are damaged or far too large: take another model file");
  ++counts_.windows;
  if (profile_) add_to(*profile_, window, window.place.missing > max_missing_);
  if (window.place.missing > max_missing_) {
    ++counts_.missing;
    return;
  }
  any_ = true;
  if (choice_ == WindowChoice::best)
    best_.offer(window, arbiter_);
  else
    choose(Candidate(window));
}

void WindowChooser::finish() {
  if (!record_) return;
  if (!best_.empty()) choose(best_.decide(arbiter_, true));
  best_.clear();
  counts_.without_window += !any_;
  any_ = false;
  record_.reset();
}

void WindowChooser::choose(const Candidate& window) {
  const bool highest = !highest_ || window.logit() > *highest_;
  if (highest) highest_ = window.logit();
  take_({record_, window.place(), window.codes(), window.logit(), highest ? profile_ : nullptr});
}

}  // namespace iresweep
