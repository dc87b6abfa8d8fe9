// Features to the gates of both directions, clamped: the recurrence's input.
//
// A thread takes a column, its weights as operands from the launch's parameters. The gates of a column lie side by side
// in memory, because a window reads them so: shared memory turns them, kGroup gates (two whole sectors) at a time.
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr int kColumns = 128;
constexpr int kGroup = 16;
constexpr int kPitch = kGroup + 1;  // odd: columns fall on different banks

__global__ void __launch_bounds__(kColumns)
    project_kernel(const __grid_constant__ Projection weights, const float* features, unsigned pitch, int count,
                   float* gates) {
  __shared__ float tile[kColumns * kPitch];
  const int thread = int(threadIdx.x), begin = int(blockIdx.x) * kColumns;
  const int columns = min(kColumns, count - begin), column = begin + min(thread, columns - 1);
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
    __syncthreads();  // the group before has been read
#pragma unroll
    for (int g = 0; g < kGroup; ++g) {
      const float limit = weights.limit[group + g];
      tile[thread * kPitch + g] = fmaxf(fminf(sum[g], limit), -limit);
    }
    __syncthreads();
    // Neighbouring threads write neighbouring vectors.
    constexpr int kVectors = kGroup / 4, kApart = kColumns / kVectors;
    const int vector = thread % kVectors, first = thread / kVectors;
    const float* from = tile + first * kPitch + vector * 4;
    float* to = gates + std::size_t(begin + first) * kGates + group + vector * 4;
#pragma unroll
    for (int c = 0; c < kColumns; c += kApart) {
      const float* four = from + c * kPitch;
      if (first + c < columns)
        *reinterpret_cast<float4*>(to + c * kGates) = make_float4(four[0], four[1], four[2], four[3]);
    }
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
