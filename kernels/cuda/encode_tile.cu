// Base codes to one-hot planes, as cuDNN takes them. A missing base is zero in all four.
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr unsigned kThreads = 256;

__global__ void __launch_bounds__(kThreads)
    encode_tile_kernel(const BaseCode* bases, unsigned base_count, float* one_hot, unsigned pitch) {
  const unsigned i = blockIdx.x * kThreads + threadIdx.x;
  if (i < pitch) {
    const int code = i < base_count ? bases[i] : kMissing;
#pragma unroll
    for (int c = 0; c < 4; ++c) one_hot[std::size_t(c) * pitch + i] = code == c ? 1.0f : 0.0f;
  }
}

}  // namespace

void launch_encode_tile(const BaseCode* bases, std::size_t base_count, const Plane& one_hot, Stream stream) {
  constexpr char name[] = "encode_tile";
  require(one_hot, name);
  require(base_count <= one_hot.pitch && one_hot.count == one_hot.pitch, name, "bases <= columns = pitch");
  if (one_hot.count == 0) return;
  launch(name, encode_tile_kernel, {one_hot.count, kThreads, kThreads}, stream, bases, unsigned(base_count),
         one_hot.data, unsigned(one_hot.pitch));
}

}  // namespace iresweep::cuda
