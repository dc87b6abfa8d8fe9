// Bases to features by the table rows of block 1, once a base: our own convolutions, which need no library.
//
// A block takes kTile bases: row numbers first, then the first layer of block 2 for them and kReach neighbours on each
// side, then the second layer, its weights as operands from the launch's parameters.
#include "kernels/cuda/conv_rows.cuh"
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kTile = 256, kFirsts = kTile + 2 * kReach, kRows = kFirsts + 2 * kReach;
constexpr int kPitch = kFirsts;

__global__ void __launch_bounds__(kTile, 4)
    conv_direct_kernel(const Tables* tables, const __grid_constant__ SecondLayer weights, const BaseCode* bases,
                       int base_count, float* features, unsigned pitch) {
  __shared__ int rows[kRows];
  __shared__ float first[kFirst * kPitch];
  const int begin = int(blockIdx.x) * kTile, thread = int(threadIdx.x);
  const auto code = [&](int i) { return i >= 0 && i < base_count ? int(bases[i]) : int(kMissing); };

  for (int r = thread; r < kRows; r += kTile) {
    const int i = begin - 2 * kReach + r;
    rows[r] = row_of(code(i - 2), code(i - 1), code(i), code(i + 1), code(i + 2));
  }
  __syncthreads();
  for (int p = thread; p < kFirsts; p += kTile) first_layer<kPitch>(tables, rows + p, first + p);
  __syncthreads();
  if (begin + thread < base_count)
    second_layer<kPitch>(tables, weights, first + thread + kReach, rows[thread + 2 * kReach], features + begin + thread,
                         pitch);
}

}  // namespace

void launch_conv_direct(const Tables* tables, const SecondLayer& second, const BaseCode* bases, std::size_t base_count,
                        const Plane& features, Stream stream) {
  constexpr char name[] = "conv_direct";
  require(features, name);
  require(features.count == base_count, name, "a column for each base");
  if (base_count == 0) return;
  launch(name, conv_direct_kernel, {base_count, kTile, kTile}, stream, tables, second, bases, int(base_count),
         features.data, unsigned(features.pitch));
}

}  // namespace iresweep::cuda
