// How many windows have which logit, and how many U: from it come null table, rates and what composition explains.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "iresweep/bases.h"
#include "iresweep/model.h"

namespace iresweep {

/// Counts of windows by logit, in bins of 1/2048 between -64 and 64 (windows beyond fall into the outermost bins), and
/// by their number of U. Memory: 700 bytes for each bin that has a window, whatever the number of windows.
class LogitCounts {
 public:
  /// Throws Error for a logit that is no number.
  void add(float logit, int u);

  std::uint64_t windows() const { return windows_; }
  /// The share of windows in the bin of `logit` and above; 0 without windows.
  double share_reaching(double logit) const;
  /// The same among the windows with least_u .. most_u U.
  double share_reaching(double logit, int least_u, int most_u) const;
  std::uint64_t windows(int least_u, int most_u) const;

  /// Pearson's, between score and number of U; 0 where either does not vary.
  double correlation_with_u() const;

  /// Bins' lower ends as logits, so that every share is exact; from the lowest window to the highest. From entry to
  /// entry the share falls by at most a hundredth, or by one bin. For at least one window.
  NullTable null_table() const;

 private:
  using Row = std::vector<std::uint32_t>;  ///< [number of U]; empty when the bin has no window
  static std::uint64_t sum(const Row& row, int least_u, int most_u);

  std::vector<Row> rows_;                          ///< [bin]; empty before the first window
  std::array<std::uint64_t, kWindow + 1> of_u_{};  ///< windows by number of U
  std::uint64_t windows_ = 0;
};

/// Windows of similar U content.
struct UGroup {
  int least = 0, most = 0;  ///< number of U in a window
};

/// Tenths of the windows by U content, as even as whole numbers of U allow; fewer than ten where windows hardly differ.
std::vector<UGroup> u_deciles(const LogitCounts& counts);

}  // namespace iresweep
