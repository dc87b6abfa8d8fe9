// The bidirectional GRU, from both ends of each window to its middle. The states stay in registers; what is written
// down is what the other direction will meet beyond the middle (attention.cu goes on from there).
#include "kernels/cuda/grid.cuh"
#include "kernels/cuda/recurrence.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kAhead = 3;

__global__ void __launch_bounds__(kBlockThreads, 4)
    bigru_kernel(const Tables* tables, const float* gates, const float* end_gates, const std::uint32_t* starts,
                 unsigned window_count, float* states) {
  const Seat seat(window_count);
  const GruLane weights = tables->gru[seat.direction][seat.lane];
  float h[kUnits] = {};
  const auto keep = [&](int step) {
    float* to = states + state_at(step, seat.window, window_count, seat.direction) + seat.lane * kPair;
    if (seat.taken) *reinterpret_cast<float2*>(to) = make_float2(h[0], h[1]);
  };
  run_steps<kEnd, kAhead>(weights, end_gates_of(seat, end_gates, 0), h, keep);
  run_steps<kHalf - kEnd, kAhead>(weights, shared_gates(seat, gates, starts, kEnd), h,
                                  [&](int step) { keep(kEnd + step); });
}

}  // namespace

void launch_bigru(const Tables* tables, const DeviceBatch& batch, const Workspace& work, Stream stream) {
  constexpr char name[] = "bigru";
  require_windows(batch, name);
  if (batch.window_count == 0) return;
  launch(name, bigru_kernel, {batch.window_count, kBlockWindows, kBlockThreads}, stream, tables, work.gates,
         work.end_gates, batch.starts, unsigned(batch.window_count), work.states);
}

}  // namespace iresweep::cuda
