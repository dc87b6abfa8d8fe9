// What an instruction set offers: three functions, which score_block() strings together.
//
// Windows (or columns of bases) lie side by side in SIMD lanes, `group` of them at once (one vector of 16 or two of
// fewer). All arrays are float, aligned to 64 bytes unless said otherwise; names as in kernels/ops.h.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/folded.h"

namespace iresweep::cpu {

inline constexpr int kMaxGroup = 16;

/// Positions to encode, one strip of sequence a lane.
struct Strip {
  /// rows[lane][p] is where, in floats, the row of position p starts in Folded::rows; read for
  /// p in [-2 * kReach, count + 2 * kReach).
  const std::uint32_t* rows[kMaxGroup];
  int count = 0;                                       ///< positions 0 .. count-1 are encoded
  bool outside_before = false, outside_after = false;  ///< is the window's end before 0, or after count-1?
};

/// Where encoded gates lie: gate g of position p and lane l at data[p * position_stride + g * gate_stride + l].
/// Vectors of lanes need no alignment.
struct GatePlane {
  float* data;
  std::size_t position_stride, gate_stride;
};

/// Gates of one group of windows. The window in lane l takes its positions kEnd .. kWindow-kEnd-1 from `shared`:
/// position t at shared[((t % step) * kGates + gate) * pitch + column[l] + t / step]; its ends from ends[(e * kGates +
/// gate) * group + l], e counting its first kEnd and last kEnd positions. `column` rises strictly; loads may run past
/// the last one by up to a group.
struct GateSource {
  const float* shared;
  std::size_t pitch;
  int step;
  const float* ends;
  std::uint32_t column[kMaxGroup];
};

struct Kernel {
  const char* name;  ///< for people: "avx512"
  int group;         ///< windows side by side, at most kMaxGroup
  /// Table rows to gates: first and second layer of block 2, projection.
  void (*encode)(const Folded& folded, const Strip& strip, const GatePlane& gates);
  /// Gates to context[kContext][group]: recurrence and attention. states: room for attend_floats(group) floats.
  void (*attend)(const Folded& folded, const GateSource& gates, float* states, float* context);
  /// context[kContext][group] to logits[group].
  void (*head)(const Folded& folded, const float* context, float* logits);
};

/// Floats of scratch for Kernel::attend.
constexpr std::size_t attend_floats(int group) {
  return (std::size_t(kWindow) + 5) * kUnits * std::size_t(group) + 2 * (kContext + 1) * std::size_t(group);
}

/// A kernel of this build, and whether this CPU can run it. Best first.
struct Choice {
  Kernel kernel;
  bool usable;
};
std::span<const Choice> kernels();

}  // namespace iresweep::cpu
