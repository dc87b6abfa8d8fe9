#include "host/output/report/score_counts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace iresweep {

ScoreCounts::ScoreCounts(int max_missing, std::vector<double> steps)
    : max_missing_(max_missing), steps_(std::move(steps)), bins_(kBins), above_(steps_.size()) {}

void ScoreCounts::add(float logit, int missing) {
  if (missing > max_missing_) {
    ++missing_;
    return;
  }
  ++windows_;
  ++bins_[std::size_t(std::clamp(int(score_of(logit) * kBins), 0, kBins - 1))];
  for (std::size_t i = 0; i < steps_.size() && logit > steps_[i]; ++i) ++above_[i];
}

namespace {

// Between the table's entries on a straight line: for a picture. NullTable::share_at() errs to the safe side, in steps.
double smooth_share(const NullTable& table, double logit) {
  const auto above = std::lower_bound(table.logit.begin(), table.logit.end(), logit);
  if (above == table.logit.begin() || above == table.logit.end()) return table.share_at(logit);
  const auto i = std::size_t(above - table.logit.begin());
  const double part = (logit - table.logit[i - 1]) / (table.logit[i] - table.logit[i - 1]);
  return table.share[i - 1] + part * (table.share[i] - table.share[i - 1]);
}

}  // namespace

std::vector<double> null_shares(const NullTable& table) {
  const auto reach = [&](int bin) {  // the share that scores at least the bin's lower bound
    if (bin == 0) return 1.0;
    if (bin == ScoreCounts::kBins) return 0.0;
    const double score = double(bin) / ScoreCounts::kBins;
    return smooth_share(table, std::log(score / (1 - score)));
  };
  std::vector<double> shares;
  for (int bin = 0; bin < ScoreCounts::kBins; ++bin) shares.push_back(std::max(0.0, reach(bin) - reach(bin + 1)));
  return shares;
}

}  // namespace iresweep
