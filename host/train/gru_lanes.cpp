// Arrays of vectors need a vector of known size.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#include <hwy/aligned_allocator.h>

#include <algorithm>

#include "host/train/lanes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "host/train/gru_lanes.cpp"
#include <hwy/foreach_target.h>
// Highway wants its own headers after foreach_target.h.
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace iresweep::train::lanes::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, kLanes>;
using V = hn::Vec<D>;
constexpr int kInputs = 16, kUnits = 8, kGates = 24, kRows = 16;

HWY_INLINE V broadcast(float value) { return hn::Set(D(), value); }
HWY_INLINE V one() { return broadcast(1.0f); }
HWY_INLINE V sigmoid(V x) { return hn::Div(one(), hn::Add(one(), hn::Exp(D(), hn::Neg(x)))); }

// One position and one vector of windows: the rows that its sums read. `previous` is null at the first position.
struct Step {
  const float *x, *previous;
  std::size_t stride;  // floats from one channel to the next
};

HWY_INLINE void forward_unit(const GruWeights& w, const Step& at, int u, float* y, float* tape) {
  const D d;
  V z = broadcast(w.input_bias[u] + w.recurrent_bias[u]);
  V r = broadcast(w.input_bias[kUnits + u] + w.recurrent_bias[kUnits + u]);
  V n = broadcast(w.input_bias[2 * kUnits + u]);
  V q = broadcast(w.recurrent_bias[2 * kUnits + u]);
  for (int c = 0; c < kInputs; ++c) {
    const V x = hn::LoadU(d, at.x + c * at.stride);
    const float* row = w.kernel + c * kGates + u;
    z = hn::MulAdd(x, broadcast(row[0]), z);
    r = hn::MulAdd(x, broadcast(row[kUnits]), r);
    n = hn::MulAdd(x, broadcast(row[2 * kUnits]), n);
  }
  for (int p = 0; at.previous && p < kUnits; ++p) {
    const V h = hn::LoadU(d, at.previous + p * at.stride);
    const float* row = w.recurrent + p * kGates + u;
    z = hn::MulAdd(h, broadcast(row[0]), z);
    r = hn::MulAdd(h, broadcast(row[kUnits]), r);
    q = hn::MulAdd(h, broadcast(row[2 * kUnits]), q);
  }
  z = sigmoid(z);
  r = sigmoid(r);
  n = hn::Tanh(d, hn::MulAdd(r, q, n));
  const V h = at.previous ? hn::LoadU(d, at.previous + u * at.stride) : hn::Zero(d);
  hn::StoreU(hn::MulAdd(z, hn::Sub(h, n), n), d, y + u * at.stride);
  const V saved[4] = {z, r, n, q};
  for (int k = 0; k < 4; ++k) hn::StoreU(saved[k], d, tape + (k * kUnits + u) * at.stride);
}

void Forward(const GruWeights& w, Extent extent, bool reversed, int first_row, const float* x, float* y, float* tape) {
  const std::size_t stride = extent.windows;
  for (int first = 0; first < extent.windows; first += int(hn::Lanes(D()))) {
    const float* previous = nullptr;
    for (int i = 0; i < extent.positions; ++i) {
      const std::size_t t = reversed ? extent.positions - 1 - i : i;
      const Step at{x + t * kInputs * stride + first, previous, stride};
      float* state = y + (t * kRows + first_row) * stride + first;
      for (int u = 0; u < kUnits; ++u) forward_unit(w, at, u, state, tape + t * kTapeRows * stride + first);
      previous = state;
    }
  }
}

// From the gradient of one unit's new state to those of its four sums; what is left flows on to the old state.
HWY_INLINE void backward_unit(const Step& at, const float* tape, const float* dy, int u, float* dh, float* gates) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  V saved[4];
  for (int k = 0; k < 4; ++k) saved[k] = hn::LoadU(d, tape + (k * kUnits + u) * at.stride);
  const V z = saved[0], r = saved[1], n = saved[2], q = saved[3];
  const V h = at.previous ? hn::LoadU(d, at.previous + u * at.stride) : hn::Zero(d);
  const V dnew = hn::Add(hn::Load(d, dh + u * lanes), hn::LoadU(d, dy + u * at.stride));
  const V dz = hn::Mul(hn::Mul(dnew, hn::Sub(h, n)), hn::Mul(z, hn::Sub(one(), z)));
  const V dn = hn::Mul(hn::Mul(dnew, hn::Sub(one(), z)), hn::NegMulAdd(n, n, one()));
  const V dr = hn::Mul(hn::Mul(dn, q), hn::Mul(r, hn::Sub(one(), r)));
  const V sums[4] = {dz, dr, dn, hn::Mul(dn, r)};
  for (int k = 0; k < 4; ++k) hn::Store(sums[k], d, gates + (k * kUnits + u) * lanes);
  hn::Store(hn::Mul(dnew, z), d, dh + u * lanes);
}

// The gate rows that a column of the kernels meets: the candidate's recurrent side has rows of its own.
HWY_INLINE int recurrent_row(int gate) { return gate < 2 * kUnits ? gate : gate + kUnits; }

HWY_INLINE void input_gradient(const GruWeights& w, const float* gates, float* dx, std::size_t stride) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (int c = 0; c < kInputs; c += 4) {
    V sum[4];
    for (int k = 0; k < 4; ++k) sum[k] = hn::LoadU(d, dx + (c + k) * stride);
    for (int g = 0; g < kGates; ++g) {
      const V gate = hn::Load(d, gates + g * lanes);
      for (int k = 0; k < 4; ++k) sum[k] = hn::MulAdd(gate, broadcast(w.kernel[(c + k) * kGates + g]), sum[k]);
    }
    for (int k = 0; k < 4; ++k) hn::StoreU(sum[k], d, dx + (c + k) * stride);
  }
}

HWY_INLINE void state_gradient(const GruWeights& w, const float* gates, float* dh) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (int p = 0; p < kUnits; p += 4) {
    V sum[4];
    for (int k = 0; k < 4; ++k) sum[k] = hn::Load(d, dh + (p + k) * lanes);
    for (int g = 0; g < kGates; ++g) {
      const V gate = hn::Load(d, gates + recurrent_row(g) * lanes);
      for (int k = 0; k < 4; ++k) sum[k] = hn::MulAdd(gate, broadcast(w.recurrent[(p + k) * kGates + g]), sum[k]);
    }
    for (int k = 0; k < 4; ++k) hn::Store(sum[k], d, dh + (p + k) * lanes);
  }
}

// sums[row][gate] += value[row] * gate, for a kernel (16 rows) or a recurrent kernel (8 rows).
template <class RowOf>
HWY_INLINE void weight_gradient(const float* values, std::size_t stride, int rows, const float* gates, RowOf row_of,
                                float* sums) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (int row = 0; row < rows; ++row) {
    const V value = hn::LoadU(d, values + row * stride);
    for (int g = 0; g < kGates; ++g) {
      float* sum = sums + (row * kGates + g) * lanes;
      hn::Store(hn::MulAdd(value, hn::Load(d, gates + row_of(g) * lanes), hn::Load(d, sum)), d, sum);
    }
  }
}

HWY_INLINE void bias_gradient(const float* gates, float* sums) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (int g = 0; g < 4 * kUnits; ++g)
    hn::Store(hn::Add(hn::Load(d, gates + g * lanes), hn::Load(d, sums + g * lanes)), d, sums + g * lanes);
}

// Sums a vector wide: kernel, recurrent kernel, biases (of the four kinds of rows).
constexpr int kKernelSums = kInputs * kGates, kRecurrentSums = kUnits * kGates, kBiasSums = 4 * kUnits;
constexpr int kAllSums = kKernelSums + kRecurrentSums + kBiasSums;

void add_sums(const float* sums, const GruGradients& gradients) {
  const D d;
  const auto total = [&](int i) {
    return hn::GetLane(hn::SumOfLanes(d, hn::Load(d, sums + std::size_t(i) * hn::Lanes(d))));
  };
  for (int i = 0; i < kKernelSums; ++i) gradients.kernel[i] += total(i);
  for (int i = 0; i < kRecurrentSums; ++i) gradients.recurrent[i] += total(kKernelSums + i);
  for (int g = 0; g < kGates; ++g) {
    gradients.input_bias[g] += total(kKernelSums + kRecurrentSums + g);
    gradients.recurrent_bias[g] += total(kKernelSums + kRecurrentSums + recurrent_row(g));
  }
}

void Backward(const GruWeights& w, Extent extent, bool reversed, int first_row, const float* x, const float* y,
              const float* tape, const float* dy, float* dx, const GruGradients& gradients) {
  const std::size_t stride = extent.windows, lanes = hn::Lanes(D());
  const auto sums = hwy::AllocateAligned<float>(kAllSums * lanes);
  const auto carry = hwy::AllocateAligned<float>((kUnits + 4 * kUnits) * lanes);
  float *dh = carry.get(), *gates = carry.get() + kUnits * lanes;
  std::fill_n(sums.get(), kAllSums * lanes, 0.0f);
  for (int first = 0; first < extent.windows; first += int(lanes)) {
    std::fill_n(dh, kUnits * lanes, 0.0f);
    for (int i = extent.positions - 1; i >= 0; --i) {
      const int t = reversed ? extent.positions - 1 - i : i, before = reversed ? t + 1 : t - 1;
      const std::size_t row = (std::size_t(t) * kRows + first_row) * stride + first;
      const float* previous = i > 0 ? y + (std::size_t(before) * kRows + first_row) * stride + first : nullptr;
      const Step at{x + std::size_t(t) * kInputs * stride + first, previous, stride};
      const float* saved = tape + std::size_t(t) * kTapeRows * stride + first;
      for (int u = 0; u < kUnits; ++u) backward_unit(at, saved, dy + row, u, dh, gates);
      state_gradient(w, gates, dh);
      input_gradient(w, gates, dx + std::size_t(t) * kInputs * stride + first, stride);
      weight_gradient(
          at.x, stride, kInputs, gates, [](int g) { return g; }, sums.get());
      if (previous) weight_gradient(previous, stride, kUnits, gates, recurrent_row, sums.get() + kKernelSums * lanes);
      bias_gradient(gates, sums.get() + (kKernelSums + kRecurrentSums) * lanes);
    }
  }
  add_sums(sums.get(), gradients);
}

}  // namespace iresweep::train::lanes::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace iresweep::train::lanes {

HWY_EXPORT(Forward);
HWY_EXPORT(Backward);

void gru_forward(const GruWeights& weights, Extent extent, bool reversed, int first_row, const float* x, float* y,
                 float* tape) {
  HWY_DYNAMIC_DISPATCH(Forward)(weights, extent, reversed, first_row, x, y, tape);
}

void gru_backward(const GruWeights& weights, Extent extent, bool reversed, int first_row, const float* x,
                  const float* y, const float* tape, const float* dy, float* dx, const GruGradients& gradients) {
  HWY_DYNAMIC_DISPATCH(Backward)(weights, extent, reversed, first_row, x, y, tape, dy, dx, gradients);
}

}  // namespace iresweep::train::lanes
#endif
