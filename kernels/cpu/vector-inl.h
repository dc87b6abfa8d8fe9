// What all stages share: the vector type, blocks of registers, and 2^x as a quotient.
// Included once a target (see kernels.cpp); the guard is Highway's.
#if defined(IRESWEEP_CPU_VECTOR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef IRESWEEP_CPU_VECTOR_INL_H_
#undef IRESWEEP_CPU_VECTOR_INL_H_
#else
#define IRESWEEP_CPU_VECTOR_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/folded.h"

HWY_BEFORE_NAMESPACE();
namespace iresweep::cpu::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// At most kMaxGroup lanes.
using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;
inline constexpr int kLanes = int(hn::MaxLanes(D()));

// Vectors at a time. Two share each broadcast weight; with 16 lanes one suffices, whose operations take a weight from
// memory as they go, and the table rows of a group stay in the first-level cache.
inline constexpr int kVectors = kLanes == 16 ? 1 : 2;
inline constexpr int kGroup = kVectors * kLanes;

// Output channels that fit the registers beside two input vectors and a weight.
inline constexpr bool kManyRegisters = HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON;

// acc[o][v] += sum over c < Inputs of x[(c * Vectors + v) * kLanes ...] * weights[c * Stride + o]
template <int Inputs, int Stride, int Outputs, int Vectors>
HWY_INLINE void accumulate(const float* HWY_RESTRICT x, const float* HWY_RESTRICT weights, V (&acc)[Outputs][Vectors]) {
  const D d;
#pragma GCC unroll 2
  for (int c = 0; c < Inputs; ++c) {
    V in[Vectors];
#pragma GCC unroll 2
    for (int v = 0; v < Vectors; ++v) in[v] = hn::Load(d, x + (c * Vectors + v) * kLanes);
#pragma GCC unroll 24
    for (int o = 0; o < Outputs; ++o) {
      const V weight = hn::Set(d, weights[c * Stride + o]);
#pragma GCC unroll 2
      for (int v = 0; v < Vectors; ++v) acc[o][v] = hn::MulAdd(weight, in[v], acc[o][v]);
    }
  }
}

template <int Outputs, int Vectors>
HWY_INLINE void broadcast(const float* HWY_RESTRICT values, V (&acc)[Outputs][Vectors]) {
#pragma GCC unroll 24
  for (int o = 0; o < Outputs; ++o)
#pragma GCC unroll 2
    for (int v = 0; v < Vectors; ++v) acc[o][v] = hn::Set(D(), values[o]);
}

// An exponential as a quotient of two positive numbers.
struct Quotient {
  V up, down;
};

// 2^(kLog2Scale * x) for |x| < 7.5, relative error below 5e-8 before rounding.
//
// A gate needs only quotients of sums of exponentials, so the exponential itself need not be divided out. With
// x = n / 16 + w, |w| <= 1/32: 2^(16 w) = (1 + t) / (1 - t), t = tanh(8 ln2 w), and t is w (w^2 + p) / (w^2 + q) to
// within the error above when p and q are fitted: in this unit of w both leading coefficients are 1, which saves two
// multiplications.
HWY_INLINE Quotient exp2_quotient(V x) {
  static_assert(kLog2Scale == 16);
  const D d;
  const hn::RebindToSigned<D> di;
  // Adding 1.5 * 2^19 rounds to a multiple of 1/16 and leaves n in the low bits.
  const V shifter = hn::Set(d, 786432.0f);
  const V shifted = hn::Add(x, shifter);
  const V w = hn::Sub(x, hn::Sub(shifted, shifter));
  const V p = hn::Set(d, 0.443334261f), q = hn::Set(d, 0.0799494665f);
#if HWY_NATIVE_FMA
  const V inner = hn::MulAdd(w, w, p), even = hn::MulAdd(w, w, q);
  const V up = hn::MulAdd(w, inner, even), down = hn::NegMulAdd(w, inner, even);
#else
  const V square = hn::Mul(w, w), odd = hn::Mul(w, hn::Add(square, p)), even = hn::Add(square, q);
  const V up = hn::Add(even, odd), down = hn::Sub(even, odd);
#endif
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(di, shifted));
  return {hn::BitCast(d, hn::Add(hn::BitCast(di, up), exponent)), down};
}

}  // namespace iresweep::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
