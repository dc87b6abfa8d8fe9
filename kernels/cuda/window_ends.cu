// Features of the kEnd positions at each end of every window, where the network's zero padding counts.
//
// Beyond a window lies the outside row, its first and last position have rows of their own, and the first layer of
// block 2 is zero outside. A block takes kWindows windows; a window has two sides, each with kSideRows rows,
// kSideFirsts positions of the first layer (those outside included) and kEnd positions of features:
//
//   left side    rows   -2 .. 9       first layer  -2 .. 7        features 0 .. 5
//   right side   rows  164 .. 175     first layer 166 .. 175      features 168 .. 173
#include "kernels/cuda/conv_rows.cuh"
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kWindows = 8, kThreads = 128;
constexpr int kSideRows = kEnd + 3 * kReach, kSideFirsts = kEnd + 2 * kReach;
constexpr int kInside = kSideFirsts - kReach;  // first-layer positions of a side that lie inside the window
constexpr int kPitch = kWindows * 2 * kSideFirsts;
static_assert(kWindows * 2 * kInside == kThreads);

// The row that position t of the window sees.
__device__ int window_row(const BaseCode* window, int t) {
  const auto code = [&](int i) { return i >= 0 && i < kWindow ? int(window[i]) : int(kMissing); };
  const int row = row_of(code(t - 2), code(t - 1), code(t), code(t + 1), code(t + 2));
  if (t < 0 || t >= kWindow) return RowNumber::outside;
  if (t == 0) return RowNumber::first_position + row % 125;
  if (t == kWindow - 1) return RowNumber::last_position + row / 25;
  return row;
}

__global__ void __launch_bounds__(kThreads)
    window_ends_kernel(const Tables* tables, const __grid_constant__ SecondLayer weights, const BaseCode* bases,
                       const std::uint32_t* starts, int window_count, float* features, unsigned pitch) {
  __shared__ int rows[kWindows * 2][kSideRows];
  __shared__ float first[kFirst * kPitch];
  const int thread = int(threadIdx.x), first_window = int(blockIdx.x) * kWindows;

  // Blocks are whole: what has no window repeats the last one and keeps its features to itself.
  for (int i = thread; i < kWindows * 2 * kSideRows; i += kThreads) {
    const int side = i / kSideRows, r = i % kSideRows;
    const int window = min(first_window + side / 2, window_count - 1);
    const int t = side % 2 == 0 ? r - kReach : kWindow - kSideRows + kReach + r;
    rows[side][r] = window_row(bases + starts[window], t);
  }
  // Each thread has a side and one of its positions inside the window; the left side's come after the zeros.
  const int side = thread / kInside, inside = thread % kInside, left = side % 2 == 0;
  float* first_of_side = first + side * kSideFirsts;
  for (int i = inside; i < kReach * kFirst; i += kInside)
    first_of_side[i / kReach * kPitch + i % kReach + (left ? 0 : kInside)] = 0.0f;
  __syncthreads();
  first_layer<kPitch>(tables, rows[side] + inside, first_of_side + inside + (left ? kReach : 0));
  __syncthreads();
  const int out_side = thread / kEnd, p = thread % kEnd;
  const std::size_t column = std::size_t(first_window) * kEndColumns + std::size_t(thread);
  if (thread < kWindows * kEndColumns && column < std::size_t(window_count) * kEndColumns)
    second_layer<kPitch>(tables, weights, first + out_side * kSideFirsts + p + kReach,
                         rows[out_side][p + (out_side % 2 == 0 ? kReach : 2 * kReach)], features + column, pitch);
}

}  // namespace

void launch_window_ends(const Tables* tables, const SecondLayer& second, const DeviceBatch& batch,
                        const Plane& end_features, Stream stream) {
  constexpr char name[] = "window_ends";
  require(end_features, name);
  require_windows(batch, name);
  require(end_features.count == batch.window_count * kEndColumns, name, "12 columns for each window");
  if (batch.window_count == 0) return;
  launch(name, window_ends_kernel, {batch.window_count, kWindows, kThreads}, stream, tables, second, batch.bases,
         batch.starts, int(batch.window_count), end_features.data, unsigned(end_features.pitch));
}

}  // namespace iresweep::cuda
