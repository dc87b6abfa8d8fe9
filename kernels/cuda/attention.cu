// The second half of the recurrence and attention in one pass: each direction goes on from the middle, meets at every
// step the states that the other one left there, and the weighted sum grows as they pass. Scores, energies and the
// second half's states never reach memory.
//
// A lane has two of the attention units. Its direction's four lanes add their shares of the score, so that all of them
// know the energy of the position.
#include "iresweep/network.h"
#include "kernels/cuda/grid.cuh"
#include "kernels/cuda/recurrence.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kAhead = 1;
// Terms of a sum: one long sum of many would cost as much precision as all the rest of the network.
constexpr int kCarry = 8;

// Energies, and states times energy: of the lane's own pair of units in both directions.
struct Sums {
  float energy = 0, own[kPair] = {}, other[kPair] = {};

  // Adds what `from` holds and leaves zero there.
  __device__ void take(Sums& from) {
    energy += from.energy;
#pragma unroll
    for (int k = 0; k < kPair; ++k) own[k] += from.own[k], other[k] += from.other[k];
    from = Sums();
  }
};

// What a step needs: gates, and the states that the other direction left at this position, in gathered_unit() order.
struct Loaded {
  LaneGates gates;
  float other[kUnits];
};

__device__ Loaded load_step(const Seat& seat, const LaneGates& gates, const float2* states) {
  Loaded loaded{gates, {}};
#pragma unroll
  for (int x = 0; x < kLanes; ++x) {
    const float2 pair = states[seat.lane ^ x];
    loaded.other[x * kPair] = pair.x;
    loaded.other[x * kPair + 1] = pair.y;
  }
  return loaded;
}

__device__ void attend(const AttentionLane& weights, const float (&h)[kUnits], const float (&other)[kUnits],
                       Sums& sums) {
  float score = 0;
#pragma unroll
  for (int k = 0; k < kPair; ++k) {
    float x = weights.bias[k];
#pragma unroll
    for (int i = 0; i < kUnits; ++i) {
      x = fmaf(h[i], weights.own[i][k], x);
      x = fmaf(other[i], weights.other[i][k], x);
    }
    const float e = exp2f(x);
    score = fmaf((e - 1.0f) * (1.0f / (e + 1.0f)), weights.context[k], score);
  }
#pragma unroll
  for (int x = 1; x < kLanes; x *= 2) score += __shfl_xor_sync(kWholeWarp, score, x);
  const float energy = exp2f(score);
  sums.energy += energy;
#pragma unroll
  for (int k = 0; k < kPair; ++k) {
    sums.own[k] = fmaf(energy, h[k], sums.own[k]);
    sums.other[k] = fmaf(energy, other[k], sums.other[k]);
  }
}

__global__ void __launch_bounds__(kBlockThreads, 3)
    attention_kernel(const Tables* tables, const float* gates, const float* end_gates, const std::uint32_t* starts,
                     unsigned window_count, const float2* states, float* context) {
  const Seat seat(window_count);
  const GruLane weights = tables->gru[seat.direction][seat.lane];
  const AttentionLane attention = tables->attention[seat.direction][seat.lane];
  StateStream<const float2> left(seat, states, window_count, 1 - seat.direction, kHalf - 1);
  const float2 own_pair =
      StateStream<const float2>(seat, states, window_count, seat.direction, kHalf - 1).here()[seat.lane];
  float h[kUnits] = {own_pair.x, own_pair.y};
  gather(h);

  Sums total, sums;
  const auto run = [&]<int kSteps>(const GateStream& stream, std::integral_constant<int, kSteps>) {
    run_steps<kSteps, kAhead>(
        weights, h,
        [&](int i) {
          const Loaded loaded = load_step(seat, stream.load(i), left.here());
          left.down();
          return loaded;
        },
        [&](int i, const Loaded& loaded) {
          attend(attention, h, loaded.other, sums);
          if (i % kCarry == kCarry - 1) total.take(sums);
        });
  };
  run(shared_gates(seat, gates, starts, kHalf), std::integral_constant<int, kHalf - kEnd>());
  run(end_gates_of(seat, end_gates, kWindow - kEnd), std::integral_constant<int, kEnd>());
  total.take(sums);

  // The other direction's lanes have summed this lane's units over the other half of the window.
  const float energy = total.energy + __shfl_xor_sync(kWholeWarp, total.energy, kLanes) + float(kAttentionEpsilon);
  float own[kPair];
#pragma unroll
  for (int k = 0; k < kPair; ++k) own[k] = total.own[k] + __shfl_xor_sync(kWholeWarp, total.other[k], kLanes);
  float* to = context + std::size_t(seat.window) * kContext + seat.direction * kUnits + seat.lane * kPair;
  if (seat.taken) *reinterpret_cast<float2*>(to) = make_float2(own[0] / energy, own[1] / energy);
}

}  // namespace

void launch_attention(const Tables* tables, const DeviceBatch& batch, const Workspace& work, Stream stream) {
  constexpr char name[] = "attention";
  require_windows(batch, name);
  if (batch.window_count == 0) return;
  launch(name, attention_kernel, {batch.window_count, kBlockWindows, kBlockThreads}, stream, tables, work.gates,
         work.end_gates, batch.starts, unsigned(batch.window_count), reinterpret_cast<const float2*>(work.states),
         work.context);
}

}  // namespace iresweep::cuda
