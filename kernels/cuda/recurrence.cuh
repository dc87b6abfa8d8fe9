// One step of the GRU, and how its threads share a window: what bigru.cu and attention.cu have in common.
//
// Eight threads run a window: four lanes forward, four backward, two units each. Both directions advance together, one
// from each end, with the same instructions; only the weights in their registers differ. A lane needs its direction's
// eight states at each step: three exchanges with its neighbours bring the other six.
//
// Why so, by the limits of an H100 (132 multiprocessors, 1.755 GHz, 3.35 TB/s), a window at step 50:
//   special functions   87 x 8 x (10 + 15) operations                         4.7 ns
//   FP32                87 x 8 x (64 + 116) multiply-adds and the like        4.2 ns
//   memory              gates 33 KB read, states 5.6 KB written and read     13.3 ns, less what the L2 cache holds
// Memory rules. A window for each thread would take 16 times the windows on the way, of which no cache holds anything,
// and its weights would not fit the registers. Features instead of gates would be read twice (once a direction):
// 22 KB instead of 33 save 3.3 ns, and projecting them again costs 4.5 ns of FP32. Meeting in the middle keeps half of
// the states out of memory.
#pragma once
#include <cuda_runtime.h>

#include "kernels/cuda/launch.h"

namespace iresweep::cuda {

inline constexpr int kThreadsOfWindow = 2 * kLanes;
inline constexpr int kBlockThreads = 128, kBlockWindows = kBlockThreads / kThreadsOfWindow;
inline constexpr unsigned kWholeWarp = 0xffffffffu;

/// A thread's place. Blocks are whole: threads without a window repeat the last one and write nothing.
struct Seat {
  int lane, direction;
  unsigned window;
  bool taken;  ///< by a window of the batch

  __device__ explicit Seat(unsigned window_count) {
    lane = int(threadIdx.x) % kLanes;
    direction = int(threadIdx.x) / kLanes % 2;
    const unsigned own = blockIdx.x * kBlockWindows + threadIdx.x / kThreadsOfWindow;
    taken = own < window_count;
    window = taken ? own : window_count - 1;
  }
};

/// Six gates of a lane.
struct LaneGates {
  float2 z, r, h;
};

/// The gates of consecutive steps in the order in which the seat's direction meets them.
class GateStream {
 public:
  /// position: [kGates] of the position of step 0.
  __device__ GateStream(const Seat& seat, const float* position)
      : at_(position + seat.direction * kGateSet + seat.lane * kLaneGates),
        stride_(seat.direction == 0 ? kGates : -kGates) {}

  __device__ LaneGates load(int step) const {
    const float2* from = reinterpret_cast<const float2*>(at_ + step * stride_);
    return {from[0], from[1], from[2]};
  }

 private:
  const float* at_;
  int stride_;
};

/// Steps first .. first + ... of the part of a window that its seat's direction shares with other windows, or of an
/// end. `step` counts from the direction's own end of the window.
__device__ inline GateStream shared_gates(const Seat& seat, const float* gates, const std::uint32_t* starts, int step) {
  const int position = seat.direction == 0 ? step : kWindow - 1 - step;
  return GateStream(seat, gates + (std::size_t(starts[seat.window]) + std::size_t(position)) * kGates);
}
__device__ inline GateStream end_gates_of(const Seat& seat, const float* end_gates, int step) {
  const int end = step < kEnd ? step : step - (kWindow - kEndColumns);
  const int column = seat.direction == 0 ? end : kEndColumns - 1 - end;
  return GateStream(seat, end_gates + (std::size_t(seat.window) * kEndColumns + std::size_t(column)) * kGates);
}

/// Fills h, of which the lane's own pair stands first, with its direction's other states, in gathered_unit() order.
__device__ inline void gather(float (&h)[kUnits]) {
#pragma unroll
  for (int x = 1; x < kLanes; ++x)
#pragma unroll
    for (int k = 0; k < kPair; ++k) h[x * kPair + k] = __shfl_xor_sync(kWholeWarp, h[k], x);
}

/// One step: h to the next h.
///
/// z h + (1 - z) tanh is h plus a change; with 1 - z = 1 / (1 + Z) and tanh = (E - 1) / (E + 1), Z and E exponentials,
/// the change is one quotient. Rounding errors are then relative to the change, not to h, which a long memory would add
/// up. fold() has made sure that neither product leaves float's range.
__device__ inline void gru_step(const GruLane& weights, const LaneGates& x, float (&h)[kUnits]) {
  float z[kPair] = {x.z.x, x.z.y}, r[kPair] = {x.r.x, x.r.y}, c[kPair];
  const float input[kPair] = {x.h.x, x.h.y};
#pragma unroll
  for (int k = 0; k < kPair; ++k) c[k] = weights.candidate_bias[k];
#pragma unroll
  for (int i = 0; i < kUnits; ++i)
#pragma unroll
    for (int k = 0; k < kPair; ++k) {
      z[k] = fmaf(h[i], weights.recurrent[i][k], z[k]);
      r[k] = fmaf(h[i], weights.recurrent[i][kPair + k], r[k]);
      c[k] = fmaf(h[i], weights.recurrent[i][2 * kPair + k], c[k]);
    }
#pragma unroll
  for (int k = 0; k < kPair; ++k) {
    const float reset = 1.0f / (1.0f + exp2f(-r[k]));
    const float e = exp2f(fmaf(reset, c[k], input[k]));
    const float sum = e + 1.0f;
    const float change = fmaf(-h[k], sum, e - 1.0f);
    h[k] = fmaf(change, 1.0f / ((1.0f + exp2f(z[k])) * sum), h[k]);
  }
  gather(h);
}

/// Runs kSteps steps. load(i) fetches what step i needs beside the states, kAhead steps before its use; its result
/// holds LaneGates `gates`. after(i, loaded) follows each step.
template <int kSteps, int kAhead, class Load, class After>
__device__ void run_steps(const GruLane& weights, float (&h)[kUnits], const Load& load, const After& after) {
  static_assert(kSteps % kAhead == 0);
  decltype(load(0)) ahead[kAhead];
#pragma unroll
  for (int i = 0; i < kAhead; ++i) ahead[i] = load(i);
#pragma unroll 1
  for (int step = 0; step < kSteps - kAhead; step += kAhead) {
#pragma unroll
    for (int i = 0; i < kAhead; ++i) {
      const auto now = ahead[i];
      ahead[i] = load(step + kAhead + i);
      gru_step(weights, now.gates, h);
      after(step + i, now);
    }
  }
#pragma unroll
  for (int i = 0; i < kAhead; ++i) {
    gru_step(weights, ahead[i].gates, h);
    after(kSteps - kAhead + i, ahead[i]);
  }
}

/// The states of one direction of the seat's window, from `step` on, upwards or downwards: pairs of units.
template <class Pair>
class StateStream {
 public:
  __device__ StateStream(const Seat& seat, Pair* states, unsigned window_count, int direction, int step)
      : at_(states + ((std::size_t(step) * window_count + seat.window) * 2 + std::size_t(direction)) * kLanes),
        stride_(std::size_t(window_count) * 2 * kLanes) {}

  __device__ Pair* here() const { return at_; }  ///< [kLanes]
  __device__ void up() { at_ += stride_; }
  __device__ void down() { at_ -= stride_; }

 private:
  Pair* at_;
  std::size_t stride_;
};

}  // namespace iresweep::cuda
