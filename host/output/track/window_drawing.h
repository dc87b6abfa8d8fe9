// Which bases show a window's score.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "host/scan/job.h"

namespace iresweep {

/// A window's score on bases of its record, in record coordinates.
struct Stroke {
  const Record& record;
  Strand strand = Strand::plus;
  Interval bases;
  float score = 0;
};

/// A window is drawn on the min(step, kWindow) bases around its centre, cut at the midpoint to its neighbours: strokes
/// of one strand do not overlap. One with more than `max_missing` missing bases leaves its bases blank. Strokes of a
/// strand come in order, whatever the jobs.
class WindowDrawing {
 public:
  using Draw = std::function<void(const Stroke&)>;
  WindowDrawing(int step, int max_missing, Draw draw);

  /// Jobs in order. Throws what `draw` throws.
  void take(const Job& job);
  /// After the last job.
  void finish();

 private:
  /// A window whose next neighbour is not known yet.
  struct Pending {
    std::shared_ptr<const Record> record;
    Strand strand = Strand::plus;
    std::int64_t centre = 0;
    Interval bases;
    std::optional<float> score;
  };
  using Slot = std::optional<Pending>;
  void take_window(Slot& before, const Segment& segment, const Place& place, float logit);
  void draw(Slot& pending);

  const int width_, max_missing_;
  const Draw draw_;
  std::array<Slot, 2> pending_;  ///< plus, minus
};

}  // namespace iresweep
