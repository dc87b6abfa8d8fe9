// Features to the gates of both directions, clamped: the recurrence's input.
//
// A thread takes a column, its weights as operands from the launch's parameters. The gates of a column lie side by side
// in memory, because a window reads them so; shared memory turns them, and the block writes one whole stretch.
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kColumns = 128;
constexpr int kPitch = kGates + 1;  // odd: columns fall on different banks
constexpr int kGroup = 16;          // gates at a time

__global__ void __launch_bounds__(kColumns)
    project_kernel(const __grid_constant__ Projection weights, const float* features, unsigned pitch, int count,
                   float* gates) {
  __shared__ float tile[kColumns * kPitch];
  const int thread = int(threadIdx.x), begin = int(blockIdx.x) * kColumns;
  const int column = min(begin + thread, count - 1);
  float x[kFeatures];
#pragma unroll
  for (int c = 0; c < kFeatures; ++c) x[c] = features[std::size_t(c) * pitch + std::size_t(column)];
#pragma unroll
  for (int group = 0; group < kGates; group += kGroup) {
    float sum[kGroup];
#pragma unroll
    for (int g = 0; g < kGroup; ++g) sum[g] = weights.bias[group + g];
#pragma unroll
    for (int c = 0; c < kFeatures; ++c)
#pragma unroll
      for (int g = 0; g < kGroup; ++g) sum[g] = fmaf(x[c], weights.weight[c][group + g], sum[g]);
#pragma unroll
    for (int g = 0; g < kGroup; ++g) {
      const float limit = weights.limit[group + g];
      tile[thread * kPitch + group + g] = fmaxf(fminf(sum[g], limit), -limit);
    }
  }
  __syncthreads();
  constexpr int kVectors = kGates / 4;
  const int vectors = min(kColumns, count - begin) * kVectors;
  float4* out = reinterpret_cast<float4*>(gates) + std::size_t(begin) * kVectors;
  for (int i = thread; i < vectors; i += kColumns) {
    const float* from = tile + i / kVectors * kPitch + i % kVectors * 4;
    out[i] = make_float4(from[0], from[1], from[2], from[3]);
  }
}

}  // namespace

void launch_project(const Projection& projection, const Plane& features, float* gates, Stream stream) {
  constexpr char name[] = "project";
  require(features, name);
  if (features.count == 0) return;
  launch(name, project_kernel, {features.count, kColumns, kColumns}, stream, projection, features.data,
         unsigned(features.pitch), int(features.count), gates);
}

}  // namespace iresweep::cuda
