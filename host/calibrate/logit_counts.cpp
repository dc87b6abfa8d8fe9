#include "host/calibrate/logit_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr double kLimit = 64, kBinsPerLogit = 2048;
constexpr std::size_t kBins = std::size_t(2 * kLimit * kBinsPerLogit);
constexpr double kShareStep = 0.01;

std::size_t bin_of(double logit) {
  const double bin = std::floor((logit + kLimit) * kBinsPerLogit);
  return std::size_t(std::clamp(bin, 0.0, double(kBins - 1)));
}

double lower_end(std::size_t bin) { return double(bin) / kBinsPerLogit - kLimit; }

double share(std::uint64_t part, std::uint64_t all) { return all == 0 ? 0 : double(part) / double(all); }

}  // namespace

void LogitCounts::add(float logit, int u) {
  if (!std::isfinite(logit))
    throw Error("a window's score is not a number", "", "the model's weights are damaged: take another model file");
  if (rows_.empty()) rows_.resize(kBins);
  Row& row = rows_[bin_of(logit)];
  if (row.empty()) row.resize(kWindow + 1);
  ++row[std::size_t(u)];
  ++of_u_[std::size_t(u)];
  ++windows_;
}

std::uint64_t LogitCounts::sum(const Row& row, int least_u, int most_u) {
  return row.empty() ? 0 : std::accumulate(row.begin() + least_u, row.begin() + most_u + 1, std::uint64_t(0));
}

std::uint64_t LogitCounts::windows(int least_u, int most_u) const {
  return std::accumulate(of_u_.begin() + least_u, of_u_.begin() + most_u + 1, std::uint64_t(0));
}

double LogitCounts::share_reaching(double logit) const { return share_reaching(logit, 0, kWindow); }

double LogitCounts::share_reaching(double logit, int least_u, int most_u) const {
  std::uint64_t above = 0;
  for (std::size_t bin = bin_of(logit); bin < rows_.size(); ++bin) above += sum(rows_[bin], least_u, most_u);
  return share(above, windows(least_u, most_u));
}

double LogitCounts::correlation_with_u() const {
  const auto mean_of = [&](auto value_of) {
    double sum = 0;
    for (std::size_t bin = 0; bin < rows_.size(); ++bin) {
      const double score = score_of(lower_end(bin));
      for (std::size_t u = 0; u < rows_[bin].size(); ++u) sum += rows_[bin][u] * value_of(score, double(u));
    }
    return sum / std::max(double(windows_), 1.0);
  };
  const double score_mean = mean_of([](double score, double) { return score; });
  const double u_mean = mean_of([](double, double u) { return u; });
  const double score_variance = mean_of([&](double score, double) { return std::pow(score - score_mean, 2); });
  const double u_variance = mean_of([&](double, double u) { return std::pow(u - u_mean, 2); });
  const double together = mean_of([&](double score, double u) { return (score - score_mean) * (u - u_mean); });
  constexpr double kNone = 1e-12;  // what rounding leaves of no variance
  if (score_variance < kNone || u_variance < kNone) return 0;
  return together / std::sqrt(score_variance * u_variance);
}

NullTable LogitCounts::null_table() const {
  struct Step {
    std::size_t bin;
    std::uint64_t above;  ///< windows in this bin and those above
  };
  std::vector<Step> steps;  // all that there are, from the highest logit down
  std::uint64_t above = 0;
  for (std::size_t bin = rows_.size(); bin-- > 0;)
    if (!rows_[bin].empty()) steps.push_back({bin, above += sum(rows_[bin], 0, kWindow)});

  NullTable table;
  table.windows = windows_;
  for (std::size_t i = 0; i < steps.size();) {
    table.logit.push_back(lower_end(steps[i].bin));
    table.share.push_back(share(steps[i].above, windows_));
    const double most = double(steps[i].above) * (1 + kShareStep);
    ++i;
    while (i + 1 < steps.size() && double(steps[i + 1].above) <= most) ++i;
  }
  std::ranges::reverse(table.logit);
  std::ranges::reverse(table.share);
  return table;
}

std::vector<UGroup> u_deciles(const LogitCounts& counts) {
  constexpr int kGroups = 10;
  std::vector<UGroup> groups;
  std::uint64_t below = 0;
  int last_group = -1;
  for (int u = 0; u <= kWindow; ++u) {
    const std::uint64_t here = counts.windows(u, u);
    if (here == 0) continue;
    // Where the middle of the windows with this many U stands among all.
    const int group = int(kGroups * (double(below) + double(here) / 2) / double(counts.windows()));
    if (group != last_group) groups.push_back({u, u});
    groups.back().most = u;
    last_group = group;
    below += here;
  }
  return groups;
}

}  // namespace iresweep
