#include "host/explain/window_chooser.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {

WindowChooser::WindowChooser(WindowChoice choice, int max_missing, const Arbiter& arbiter, Take take)
    : choice_(choice), max_missing_(max_missing), arbiter_(arbiter), take_(std::move(take)) {}

void WindowChooser::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    if (!record_ || record_->index != segment.record->index) {
      finish();
      record_ = segment.record;
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
  take_({record_, window.place(), window.codes(), window.logit()});
}

}  // namespace iresweep
