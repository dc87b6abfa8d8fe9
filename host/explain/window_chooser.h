// Which windows of a scan are explained.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "host/scan/best_window.h"
#include "host/scan/job.h"

namespace iresweep {

/// Scores along a record, a window an item, by ascending start.
struct ScoreProfile {
  static constexpr std::size_t kMost = 50'000;  ///< windows kept: more make no page

  std::vector<std::int64_t> start;
  std::vector<float> score;   ///< not a number where too many bases are missing
  std::uint64_t windows = 0;  ///< of the record, also those not kept
  std::int64_t length = 0;    ///< where the last of them ends: where the record does
};

/// A window and where it lies: on its record's plus strand.
struct ChosenWindow {
  std::shared_ptr<const Record> record;
  Place place;
  WindowCodes codes{};
  double logit = 0;  ///< by the engine, or by the oracle where that chose the window
  /// Complete after the record's last window. Only where asked for, and of a window that scores above all before it.
  std::shared_ptr<const ScoreProfile> profile = {};

  /// The position on the record of a position of the window; below 0 for padding.
  std::int64_t base(int position) const {
    const std::int64_t at = place.end - kWindow + position;
    return at < place.start ? -1 : at;
  }
};

enum class WindowChoice {
  best,  ///< of each record that of the highest score; of equal scores the one that a scan reports as best
  all
};

struct ChooserCounts {
  std::uint64_t records = 0, without_window = 0;  ///< read; of these, without a window to explain
  std::uint64_t windows = 0, missing = 0;         ///< scored; of these, with too many missing bases
};

/// Takes scored jobs of the plus strand in order. Windows with more than `max_missing` missing bases are left out: the
/// network takes missing bases for IRES.
class WindowChooser {
 public:
  using Take = std::function<void(ChosenWindow)>;
  /// `arbiter` must outlive it. `profiles`: see ChosenWindow.
  WindowChooser(WindowChoice choice, int max_missing, const Arbiter& arbiter, Take take, bool profiles = false);

  /// Throws Error for a logit that is no number, and what `take` throws.
  void take(const Job& job);
  /// After the last job.
  void finish();

  const ChooserCounts& counts() const { return counts_; }

 private:
  void take_window(const ScoredWindow& window);
  void choose(const Candidate& window);

  const WindowChoice choice_;
  const int max_missing_;
  const Arbiter& arbiter_;
  const Take take_;
  const bool profiles_;
  ChooserCounts counts_;
  std::shared_ptr<const Record> record_;   ///< at hand; null before the first
  std::shared_ptr<ScoreProfile> profile_;  ///< of it, where asked for
  std::optional<double> highest_;          ///< logit of all windows chosen
  bool any_ = false;                       ///< a window of it is explained
  BestWindow best_;
};

}  // namespace iresweep
