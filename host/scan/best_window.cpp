#include "host/scan/best_window.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "iresweep/model.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostOpen = 64;

// A logit so low that no oracle's score reaches `least`, whatever the rounding to float.
double hopeless_below(float least) {
  const double score = double(least) - std::numeric_limits<float>::epsilon();
  return score > 0 ? std::log(score / (1 - score)) - kLogitTolerance : -std::numeric_limits<double>::infinity();
}

// Whether it is certain, without the oracle, that both score the same.
bool surely_equal(const Candidate& a, const Candidate& b) {
  return a.same_codes(b) || (a.low() == a.high() && b.low() == b.high() && a.low() == b.low());
}

}  // namespace

// In a segment of the minus strand places descend.
ScoredWindow window_of(const Segment& segment, const Job& job, std::size_t i) {
  const std::size_t window = segment.first + (segment.strand == Strand::plus ? i : segment.count - 1 - i);
  const Batch& batch = *job.batch;
  return {batch.bases.data() + batch.starts[window], job.places[window], batch.logits[window]};
}

Candidate::Candidate(const ScoredWindow& window)
    : place_(window.place),
      logit_(window.logit),
      range_(oracle_range(window.logit)),
      low_(score_of(range_.low)),
      high_(score_of(range_.high)) {
  std::copy_n(window.codes, kWindow, codes_.begin());
}

void Candidate::make_exact(const Arbiter& arbiter) {
  if (exact_) return;
  logit_ = arbiter.exact_logit(codes_);
  range_ = {logit_, logit_};
  low_ = high_ = score_of(logit_);
  exact_ = true;
}

bool beats(Candidate& a, Candidate& b, const Arbiter& arbiter) {
  if (a.low() > b.high()) return true;
  if (a.high() <= b.low() || surely_equal(a, b)) return false;
  a.make_exact(arbiter);
  b.make_exact(arbiter);
  return a.low() > b.low();
}

void BestWindow::offer(const ScoredWindow& window, const Arbiter& arbiter) {
  latest_.reset();
  if (!open_.empty() && window.logit < hopeless_) return;
  const Candidate candidate(window);
  if (!open_.empty() && candidate.high() < least_) return;
  latest_ = candidate;
  if (std::any_of(open_.begin(), open_.end(), [&](const Candidate& other) { return surely_equal(other, candidate); }))
    return;
  if (open_.empty() || candidate.low() > least_) {
    least_ = candidate.low();
    hopeless_ = hopeless_below(least_);
    std::erase_if(open_, [&](const Candidate& other) { return other.high() < least_; });
  }
  open_.push_back(candidate);
  if (open_.size() > kMostOpen) narrow(arbiter);
}

Candidate BestWindow::decide(const Arbiter& arbiter, bool last_wins_ties) {
  narrow(arbiter);
  if (last_wins_ties && latest_ && !beats(open_.front(), *latest_, arbiter)) return *latest_;
  return open_.front();
}

const Candidate& BestWindow::likely() const {
  return *std::max_element(open_.begin(), open_.end(),
                           [](const Candidate& a, const Candidate& b) { return a.logit() < b.logit(); });
}

void BestWindow::clear() {
  open_.clear();
  latest_.reset();
}

void BestWindow::narrow(const Arbiter& arbiter) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < open_.size(); ++i)
    if (beats(open_[i], open_[best], arbiter)) best = i;
  open_ = {open_[best]};
  least_ = std::max(least_, open_.front().low());
  hopeless_ = hopeless_below(least_);
}

}  // namespace iresweep
