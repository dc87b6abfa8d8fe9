// Where an engine's rounding could change a row of the output, the oracle decides.
//
// Engines differ from the oracle by up to 1e-5 in score, and from each other by twice that: two machines would not
// always agree on whether a window is called, which window of a region is best, or which integer stands in BED's
// score column. Such cases are rare, so each is settled by the oracle (about 1 ms a window), and rows are the same
// for every instruction set and device. What may still differ is the last digits of the float columns: a score that
// decides nothing stays the engine's, and so does the p that is read off the null table for it.
//
// Repeats cannot make this dear: windows of equal codes are the same case, and answers are remembered.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "host/scan/job.h"
#include "iresweep/bases.h"
#include "iresweep/network.h"

namespace iresweep {

/// Where the oracle's logit may lie, given the engine's.
struct LogitRange {
  double low = 0, high = 0;
};
LogitRange oracle_range(float engine_logit);

/// The codes of one window.
using WindowCodes = std::array<BaseCode, kWindow>;

/// Safe for several threads at once.
class Arbiter {
 public:
  /// `network` must outlive the arbiter. Without a threshold settle() has nothing to do.
  Arbiter(const Network& network, std::optional<double> threshold_logit);

  /// Replaces the logit of every window that could lie on either side of the threshold by the oracle's. To be called
  /// on a scored job, before its windows are called. Windows whose logit is no number are left as they are.
  void settle(Job& job) const;

  /// The oracle's logit.
  double exact_logit(const WindowCodes& codes) const;

  /// How many windows the oracle has scored: what exactness costs.
  std::uint64_t oracle_windows() const { return oracle_windows_; }

 private:
  struct Hash {
    std::size_t operator()(const WindowCodes& codes) const {
      return std::hash<std::string_view>{}({reinterpret_cast<const char*>(codes.data()), codes.size()});
    }
  };

  const Network& network_;
  const std::optional<double> threshold_logit_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<WindowCodes, double, Hash> known_;  ///< answers given; bounded
  mutable std::atomic<std::uint64_t> oracle_windows_ = 0;
};

}  // namespace iresweep
