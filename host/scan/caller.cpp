#include "host/scan/caller.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "host/scan/best_row.h"
#include "host/scan/significance.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// What reads a base twice reads the whole circle.
void place_on(std::int64_t circle, Hit& hit) {
  hit.circle = circle;
  hit.end = std::min(hit.end, hit.start + circle);
  hit.best_end = std::min(hit.best_end, hit.best_start + circle);
}

}  // namespace

Caller::Caller(CallRules rules, const Arbiter& arbiter, HitSink& sink, HitSink* regions)
    : rules_(std::move(rules)), arbiter_(arbiter), sink_(sink), regions_(regions) {}

void Caller::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    if (!record_ || record_->index != segment.record->index) begin_record(segment);
    for (std::size_t i = 0; i < segment.count; ++i) take_window(segment, window_of(segment, job, i));
    if (segment.ends) {
      close_region(calls_of(segment.strand), segment.strand);
      calls_of(segment.strand).ended = true;
      circle_ = segment.circle;
    }
    if (!record_->circular) write_waiting();
  }
}

// Rows as they would be if every segment were a record of its own: wrong only where one goes on in the next job.
void Caller::foresee(const Job& job) const {
  for (const Segment& segment : job.segments) {
    std::optional<ScoredWindow> best;
    const auto row_ends = [&] {
      if (!best || !std::isfinite(best->logit)) return;
      if (Candidate candidate(*best); rounding_decides(candidate, segment.count)) candidate.make_exact(arbiter_);
      best.reset();
    };
    std::int64_t end = 0;
    for (std::size_t i = 0; i < segment.count; ++i) {
      const ScoredWindow window = window_of(segment, job, i);
      if (rules_.report != Report::best) {
        if (!is_called(window)) continue;
        if (rules_.report == Report::windows || window.place.start >= end) row_ends();
        end = window.place.end;
      }
      if (!best || window.logit > best->logit) best = window;
    }
    row_ends();
  }
}

void Caller::finish() {
  if (record_) end_record();
  record_.reset();
}

CallCounts Caller::counts() const {
  CallCounts counts = counts_;
  if (rules_.null_table && std::isfinite(rules_.threshold_logit))
    counts.expected_by_chance =
        rules_.null_table->share_at(rules_.threshold_logit) * double(counts.windows - counts.missing);
  return counts;
}

void Caller::begin_record(const Segment& segment) {
  finish();
  record_ = segment.record;
  record_windows_ = record_called_ = 0;
  circle_ = 0;
  plus_ = {};
  minus_ = {};
}

void Caller::end_record() {
  for (const Strand strand : {Strand::plus, Strand::minus}) {
    close_region(calls_of(strand), strand);
    calls_of(strand).ended = true;
    if (circle_ > 0) close_circle(calls_of(strand));
  }
  write_waiting();
  if (rules_.report == Report::best) write_best();
  counts_.records_with_call += record_called_ > 0;
}

void Caller::take_window(const Segment& segment, const ScoredWindow& scored) {
  if (!std::isfinite(scored.logit))
    throw Error("a window's score is not a number",
                fmt::format("record '{}', base {}", record_->name, scored.place.start + 1),
                "the model's weights are damaged or far too large: take another model file");
  StrandCalls& calls = calls_of(segment.strand);
  calls.last_start = scored.place.start;
  ++record_windows_;
  ++counts_.windows;
  if (rules_.report == Report::best) calls.best.offer(scored, arbiter_);
  counts_.missing += scored.place.missing > rules_.max_missing;
  if (is_called(scored)) call(calls, segment.strand, scored);
}

bool Caller::is_called(const ScoredWindow& window) const {
  return window.place.missing <= rules_.max_missing && window.logit > rules_.threshold_logit;
}

void Caller::call(StrandCalls& calls, Strand strand, const ScoredWindow& window) {
  ++record_called_;
  ++counts_.called;
  if (calls.called == 0 || window.place.start >= calls.end) {
    close_region(calls, strand);
    calls.start = window.place.start;
    if (calls.first_start < 0) calls.first_start = calls.start;
    ++counts_.loci;
  }
  calls.end = window.place.end;
  ++calls.called;
  if (rules_.report == Report::regions) calls.best.offer(window, arbiter_);
  if (rules_.report == Report::windows) calls.waiting.push_back(make_hit(strand, Candidate(window), 1));
}

void Caller::close_region(StrandCalls& calls, Strand strand) {
  if (calls.called > 0 && rules_.report == Report::regions) {
    Hit hit = make_hit(strand, calls.best.decide(arbiter_), calls.called);
    hit.start = calls.start;
    hit.end = calls.end;
    calls.waiting.push_back(std::move(hit));
    calls.best.clear();
  }
  if (calls.called > 0 && rules_.report != Report::regions && regions_) tell_region(calls, strand);
  calls.called = 0;
}

void Caller::tell_region(const StrandCalls& calls, Strand strand) {
  Hit region;
  region.record = record_;
  region.strand = strand;
  region.start = calls.start;
  region.end = calls.end;
  region.windows = calls.called;
  regions_->write(region);
}

// The last region goes on as the first where they overlap across the junction.
void Caller::close_circle(StrandCalls& calls) {
  auto& waiting = calls.waiting;
  const bool joins =
      calls.first_start >= 0 && calls.start > calls.first_start && calls.end - circle_ > calls.first_start;
  counts_.loci -= joins;
  if (joins && rules_.report == Report::regions) {
    const Hit first = std::move(waiting.front()), last = std::move(waiting.back());
    waiting.pop_front();
    waiting.back() = is_better(last, first, arbiter_) ? last : first;
    waiting.back().start = last.start;
    waiting.back().end = first.end + circle_;
    waiting.back().windows = first.windows + last.windows;
  }
  for (Hit& hit : waiting) place_on(circle_, hit);
}

void Caller::write_best() {
  const auto decide = [&](Strand strand) { return calls_of(strand).best.decide(arbiter_, true); };
  if (plus_.best.empty() && minus_.best.empty()) return;
  Strand strand = plus_.best.empty() ? Strand::minus : Strand::plus;
  Candidate best = decide(strand);
  if (strand == Strand::plus && !minus_.best.empty())
    if (Candidate other = decide(Strand::minus); beats(other, best, arbiter_)) {
      best = other;
      strand = Strand::minus;
    }
  Hit hit = make_hit(strand, best, record_windows_);
  if (circle_ > 0) place_on(circle_, hit);
  write(hit);
}

void Caller::write_waiting() {
  const auto comes_first = [](const Hit& a, const Hit& b) {
    return std::tie(a.start, a.end) < std::tie(b.start, b.end);
  };
  while (!plus_.waiting.empty() || !minus_.waiting.empty()) {
    const bool minus_next = plus_.waiting.empty() ||
                            (!minus_.waiting.empty() && comes_first(minus_.waiting.front(), plus_.waiting.front()));
    StrandCalls& next = minus_next ? minus_ : plus_;
    if (rules_.both_strands && may_be_preceded(next.waiting.front(), minus_next ? plus_ : minus_)) return;
    write(next.waiting.front());
    next.waiting.pop_front();
  }
}

bool Caller::may_be_preceded(const Hit& hit, const StrandCalls& other) const {
  if (other.ended || !other.waiting.empty()) return false;
  const bool open = rules_.report == Report::regions && other.called > 0;
  return (open ? other.start : other.last_start + 1) <= hit.start;
}

Hit Caller::make_hit(Strand strand, Candidate best, std::uint64_t windows) const {
  if (rounding_decides(best, windows)) best.make_exact(arbiter_);

  Hit hit;
  hit.record = record_;
  hit.strand = strand;
  hit.start = hit.best_start = best.place().start;
  hit.end = hit.best_end = best.place().end;
  hit.score = score_of(best.logit());
  hit.p = p_of(best, best.logit(), windows);
  hit.windows = windows;
  hit.missing = best.place().missing;
  hit.logit = float(best.logit());
  hit.best_codes = best.codes();
  return hit;
}

// What a row shows in steps, BED's integer score and the colour of p, must not depend on the engine.
bool Caller::rounding_decides(const Candidate& best, std::uint64_t windows) const {
  if (!rules_.shows_steps) return false;
  const auto level = [&](double logit) { return significance(p_of(best, logit, windows).value_or(1)); };
  return std::lround(1000.0 * best.low()) != std::lround(1000.0 * best.high()) ||
         level(best.range().low) != level(best.range().high);
}

std::optional<double> Caller::p_of(const Candidate& best, double logit, std::uint64_t windows) const {
  if (!rules_.null_table || best.place().missing > rules_.max_missing) return std::nullopt;
  const double share = rules_.null_table->share_at(logit);
  // 1 - (1 - share)^windows, without losing a small share in the rounding of 1 - share.
  return rules_.report == Report::best ? -std::expm1(double(windows) * std::log1p(-share)) : share;
}

void Caller::write(const Hit& hit) {
  ++counts_.rows;
  sink_.write(hit);
}

}  // namespace iresweep
