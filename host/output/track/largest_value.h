// Of several values on a base the largest.
#pragma once
#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "host/output/track/track_value.h"

namespace iresweep {

/// Takes values that may overlap, by contig and start, and passes on values that do not: every base that had any has
/// the largest. Values that nothing overlaps pass as they are. Memory: the values on one base.
class LargestValue : public TrackSink {
 public:
  /// `sink` must outlive it.
  explicit LargestValue(TrackSink& sink) : sink_(sink) {}

  void write(const TrackValue& value) override;
  void finish();

 private:
  struct Open {
    TrackValue value;
    std::uint64_t serial = 0;
    bool operator<(const Open& other) const {
      return value.value != other.value.value ? value.value < other.value.value : serial > other.serial;
    }
  };
  void advance(std::uint32_t to);
  void pass(const Open& open, std::uint32_t start, std::uint32_t end);
  void pass_last();

  TrackSink& sink_;
  std::priority_queue<Open> open_;  ///< the largest first; some may have ended
  std::uint32_t position_ = 0;      ///< everything before it is passed on
  std::uint64_t serial_ = 0;
  std::optional<Open> last_;  ///< not yet passed on: it may go on
};

}  // namespace iresweep
