// Arrays of vectors need a vector of known size.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#include <hwy/aligned_allocator.h>

#include <algorithm>

#include "host/train/lanes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "host/train/conv_lanes.cpp"
#include <hwy/foreach_target.h>
// Highway wants its own header after foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace iresweep::train::lanes::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, kLanes>;
using V = hn::Vec<D>;
constexpr int kBlock = 8;           // outputs in registers at once
constexpr int kPositionBlock = 16;  // positions whose rows stay in the nearest cache

// The rows of one vector of windows, made dense: rows a power of two apart would fight for a few lines of the cache.
class Packed {
 public:
  const float* pack(Extent extent, int rows, int row_stride, const float* from) {
    const D d;
    const std::size_t lanes = hn::Lanes(d), floats = std::size_t(extent.positions) * rows * lanes;
    if (floats > capacity_) values_ = hwy::AllocateAligned<float>(capacity_ = floats);
    float* to = values_.get();
    for (int t = 0; t < extent.positions; ++t)
      for (int row = 0; row < rows; ++row, to += lanes)
        hn::Store(hn::LoadU(d, from + (std::size_t(t) * row_stride + row) * extent.windows), d, to);
    return values_.get();
  }

 private:
  hwy::AlignedFreeUniquePtr<float[]> values_;
  std::size_t capacity_ = 0;
};

// Eight outputs at one position; x is packed.
HWY_INLINE void convolve_block(const ConvShape& shape, Extent extent, int t, int out, const float* HWY_RESTRICT x,
                               const float* HWY_RESTRICT kernel, const float* bias, float* HWY_RESTRICT y) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  V sum[kBlock];
  for (int k = 0; k < kBlock; ++k) sum[k] = hn::Set(d, bias ? bias[out + k] : 0.0f);
  for (int tap = 0; tap < shape.taps; ++tap) {
    const int from = t + shape.offset[tap];
    if (from < 0 || from >= extent.positions) continue;
    const float* row = x + std::size_t(from) * shape.in * lanes;
    const float* weights = kernel + std::size_t(tap) * shape.in * shape.out + out;
    for (int in = 0; in < shape.in; ++in, row += lanes, weights += shape.out) {
      const V value = hn::Load(d, row);
      for (int k = 0; k < kBlock; ++k) sum[k] = hn::MulAdd(value, hn::Set(d, weights[k]), sum[k]);
    }
  }
  for (int k = 0; k < kBlock; ++k) hn::StoreU(sum[k], d, y + (std::size_t(t) * shape.rows + out + k) * extent.windows);
}

void Convolve(const ConvShape& shape, Extent extent, const float* x, const float* kernel, const float* bias, float* y) {
  thread_local Packed packed;
  const int lanes = int(hn::Lanes(D()));
  for (int first = 0; first < extent.windows; first += lanes) {
    const float* dense = packed.pack(extent, shape.in, shape.in, x + first);
    for (int t = 0; t < extent.positions; ++t)
      for (int out = 0; out < shape.out; out += kBlock)
        convolve_block(shape, extent, t, out, dense, kernel, bias, y + first);
  }
}

// One tap and input against eight outputs, over positions [begin, end) of dy; x and dy are packed and start at the
// input and the output meant. Sums stay a vector wide until the end.
HWY_INLINE void gradient_block(const ConvShape& shape, int begin, int end, int offset, const float* HWY_RESTRICT x,
                               const float* HWY_RESTRICT dy, float* HWY_RESTRICT sums) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  V sum[kBlock];
  for (int k = 0; k < kBlock; ++k) sum[k] = hn::Load(d, sums + k * lanes);
  for (int t = begin; t < end; ++t) {
    const V value = hn::Load(d, x + std::size_t(t + offset) * shape.in * lanes);
    const float* row = dy + std::size_t(t) * shape.out * lanes;
    for (int k = 0; k < kBlock; ++k) sum[k] = hn::MulAdd(value, hn::Load(d, row + k * lanes), sum[k]);
  }
  for (int k = 0; k < kBlock; ++k) hn::Store(sum[k], d, sums + k * lanes);
}

void KernelGradient(const ConvShape& shape, Extent extent, const float* x, const float* dy, float* gradient) {
  thread_local Packed packed_x, packed_dy;
  const D d;
  const int lanes = int(hn::Lanes(d)), weights = shape.taps * shape.in * shape.out;
  const auto sums = hwy::AllocateAligned<float>(std::size_t(weights) * lanes);
  std::fill_n(sums.get(), std::size_t(weights) * lanes, 0.0f);
  for (int first = 0; first < extent.windows; first += lanes) {
    const float* dense_x = packed_x.pack(extent, shape.in, shape.in, x + first);
    const float* dense_dy = packed_dy.pack(extent, shape.out, shape.rows, dy + first);
    for (int block = 0; block < extent.positions; block += kPositionBlock)
      for (int tap = 0; tap < shape.taps; ++tap) {
        const int offset = shape.offset[tap], begin = std::max(block, -offset);
        const int end = std::min({block + kPositionBlock, extent.positions, extent.positions - offset});
        for (int in = 0; in < shape.in; ++in)
          for (int out = 0; out < shape.out; out += kBlock)
            gradient_block(shape, begin, end, offset, dense_x + in * lanes, dense_dy + out * lanes,
                           sums.get() + (std::size_t(tap * shape.in + in) * shape.out + out) * lanes);
      }
  }
  for (int i = 0; i < weights; ++i)
    gradient[i] = hn::GetLane(hn::SumOfLanes(d, hn::Load(d, sums.get() + std::size_t(i) * lanes)));
}

}  // namespace iresweep::train::lanes::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace iresweep::train::lanes {

HWY_EXPORT(Convolve);
HWY_EXPORT(KernelGradient);

void convolve(const ConvShape& shape, Extent extent, const float* x, const float* kernel, const float* bias, float* y) {
  HWY_DYNAMIC_DISPATCH(Convolve)(shape, extent, x, kernel, bias, y);
}

void convolve_kernel_gradient(const ConvShape& shape, Extent extent, const float* x, const float* dy,
                              float* kernel_gradient) {
  HWY_DYNAMIC_DISPATCH(KernelGradient)(shape, extent, x, dy, kernel_gradient);
}

}  // namespace iresweep::train::lanes
#endif
