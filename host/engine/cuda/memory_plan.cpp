#include "host/engine/cuda/memory_plan.h"

#include "kernels/cuda/launch.h"

namespace iresweep::cuda {
namespace {

constexpr std::size_t kBasesAWindow = 64, kPitchUnit = 64, kAlignment = 256;

std::size_t rounded(std::size_t count, std::size_t unit) { return (count + unit - 1) / unit * unit; }

/// Hands out stretches of a block one after the other.
class Ruler {
 public:
  std::size_t take(std::size_t bytes) {
    const std::size_t begin = end_;
    end_ = rounded(end_ + bytes, kAlignment);
    return begin;
  }
  std::size_t end() const { return end_; }

 private:
  std::size_t end_ = 0;
};

}  // namespace

std::size_t base_room(std::size_t windows) { return windows * kBasesAWindow + kWindow; }

SlotLayout lay_out_slot(std::size_t windows, const TileNeeds& tile) {
  SlotLayout slot;
  slot.windows = windows;
  slot.bases = base_room(windows);
  const std::size_t ends = windows * kEndColumns;
  slot.feature_pitch = rounded(slot.bases, kPitchUnit);
  slot.end_pitch = rounded(ends, kPitchUnit);
  Ruler ruler;
  slot.base_codes = ruler.take(slot.bases);
  slot.starts = ruler.take(windows * sizeof(std::uint32_t));
  slot.features = ruler.take(slot.feature_pitch * kFeatures * sizeof(float));
  slot.end_features = ruler.take(slot.end_pitch * kFeatures * sizeof(float));
  slot.gates = ruler.take(slot.bases * kGates * sizeof(float));
  slot.end_gates = ruler.take(ends * kGates * sizeof(float));
  slot.states = ruler.take(windows * kStates * sizeof(float));
  slot.context = ruler.take(windows * kContext * sizeof(float));
  slot.logits = ruler.take(windows * sizeof(float));
  slot.one_hot = ruler.take(tile.columns * 4 * sizeof(float));
  slot.tile_features = ruler.take(tile.columns * kFeatures * sizeof(float));
  slot.scratch = ruler.take(tile.scratch_bytes);
  slot.bytes = ruler.end();
  return slot;
}

std::size_t plan_batch(std::size_t free_bytes, int slots, const TileNeeds& tile) {
  const std::size_t budget = free_bytes / 5 * 4 / std::size_t(slots);
  for (std::size_t windows = kMostBatchWindows; windows >= kLeastBatchWindows; windows /= 2)
    if (lay_out_slot(windows, tile).bytes <= budget) return windows;
  return 0;
}

}  // namespace iresweep::cuda
