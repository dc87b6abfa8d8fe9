// The bidirectional GRU, from both ends of each window to its middle. The states stay in registers; what is written
// down is what the other direction will meet beyond the middle (attention.cu goes on from there).
#include "kernels/cuda/grid.cuh"
#include "kernels/cuda/recurrence.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kAhead = 3;

struct Loaded {
  LaneGates gates;
};

// Runs kSteps steps and keeps the states behind each.
template <int kSteps>
__device__ void run_and_keep(const Seat& seat, const GruLane& weights, const GateStream& gates,
                             StateStream<float2>& states, float (&h)[kUnits]) {
  run_steps<kSteps, kAhead>(
      weights, h, [&](int i) { return Loaded{gates.load(i)}; },
      [&](int, const Loaded&) {
        if (seat.taken) states.here()[seat.lane] = make_float2(h[0], h[1]);
        states.up();
      });
}

__global__ void __launch_bounds__(kBlockThreads, 4)
    bigru_kernel(const Tables* tables, const float* gates, const float* end_gates, const std::uint32_t* starts,
                 unsigned window_count, float2* states) {
  const Seat seat(window_count);
  const GruLane weights = tables->gru[seat.direction][seat.lane];
  StateStream<float2> kept(seat, states, window_count, seat.direction, 0);
  float h[kUnits] = {};
  run_and_keep<kEnd>(seat, weights, end_gates_of(seat, end_gates, 0), kept, h);
  run_and_keep<kHalf - kEnd>(seat, weights, shared_gates(seat, gates, starts, kEnd), kept, h);
}

}  // namespace

void launch_bigru(const Tables* tables, const DeviceBatch& batch, const Workspace& work, Stream stream) {
  constexpr char name[] = "bigru";
  require_windows(batch, name);
  if (batch.window_count == 0) return;
  launch(name, bigru_kernel, {batch.window_count, kBlockWindows, kBlockThreads}, stream, tables, work.gates,
         work.end_gates, batch.starts, unsigned(batch.window_count), reinterpret_cast<float2*>(work.states));
}

}  // namespace iresweep::cuda
