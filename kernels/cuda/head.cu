// Context to logit: the dense layer with batch norm folded in, ReLU, the output layer. No sigmoid: a logit keeps the
// order where a float score saturates, and score_of() is the one way from one to the other.
#include "kernels/cuda/grid.cuh"

namespace iresweep::cuda {
namespace {

constexpr unsigned kThreads = 128;

__global__ void __launch_bounds__(kThreads)
    head_kernel(const __grid_constant__ Head head, const float* context, unsigned window_count, float* logits) {
  const unsigned window = blockIdx.x * kThreads + threadIdx.x;
  if (window < window_count) {
    float x[kContext];
#pragma unroll
    for (int c = 0; c < kContext; c += 4) {
      const float4 four = reinterpret_cast<const float4*>(context)[(std::size_t(window) * kContext + c) / 4];
      x[c] = four.x, x[c + 1] = four.y, x[c + 2] = four.z, x[c + 3] = four.w;
    }
    float logit = head.output_bias;
#pragma unroll
    for (int unit = 0; unit < kHidden; ++unit) {
      float sum = head.hidden_bias[unit];
#pragma unroll
      for (int c = 0; c < kContext; ++c) sum = fmaf(x[c], head.hidden[c][unit], sum);
      logit = fmaf(fmaxf(sum, 0.0f), head.output[unit], logit);
    }
    logits[window] = logit;
  }
}

}  // namespace

void launch_head(const Head& head, const float* context, std::size_t window_count, float* logits, Stream stream) {
  constexpr char name[] = "head";
  require(window_count * kEndColumns <= kMostColumns, name, "12 times windows <= 2^30");
  if (window_count == 0) return;
  launch(name, head_kernel, {window_count, kThreads, kThreads}, stream, head, context, unsigned(window_count), logits);
}

}  // namespace iresweep::cuda
