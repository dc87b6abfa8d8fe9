#include "host/scan/arbiter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/reference/forward.h"

namespace iresweep {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostKnown = 4096;  // about 1 MB of answers

double logit_of(double score) {
  if (score <= 0) return -kInfinity;
  if (score >= 1) return kInfinity;
  return std::log(score / (1 - score));
}

}  // namespace

LogitRange oracle_range(float engine_logit) {
  const double logit = engine_logit, score = 1 / (1 + std::exp(-logit));
  return {std::max(logit - kLogitTolerance, logit_of(score - kScoreTolerance)),
          std::min(logit + kLogitTolerance, logit_of(score + kScoreTolerance))};
}

Arbiter::Arbiter(const Network& network, std::optional<double> threshold_logit)
    : network_(network), threshold_logit_(threshold_logit) {}

void Arbiter::settle(Job& job) const {
  if (!threshold_logit_) return;
  const double threshold = *threshold_logit_;
  Batch& batch = *job.batch;
  for (std::size_t i = 0; i < batch.window_count; ++i) {
    float& logit = batch.logits[i];
    if (!(std::abs(logit - threshold) <= kLogitTolerance)) continue;
    const LogitRange range = oracle_range(logit);
    if (threshold < range.low || threshold > range.high) continue;
    WindowCodes codes;
    std::copy_n(batch.bases.begin() + batch.starts[i], kWindow, codes.begin());
    const double exact = exact_logit(codes);
    logit = float(exact);
    // Rounding to float must not carry it over the threshold.
    if ((exact > threshold) != (logit > threshold))
      logit = std::nextafter(logit, float(exact > threshold ? kInfinity : -kInfinity));
  }
}

double Arbiter::exact_logit(const WindowCodes& codes) const {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = known_.find(codes); found != known_.end()) return found->second;
  }
  const double logit = reference::logit(network_, codes);
  ++oracle_windows_;
  const std::scoped_lock lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(codes, logit);
  return logit;
}

}  // namespace iresweep
