// Context to logit: the two dense layers, one window a lane.
#if defined(IRESWEEP_CPU_HEAD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef IRESWEEP_CPU_HEAD_INL_H_
#undef IRESWEEP_CPU_HEAD_INL_H_
#else
#define IRESWEEP_CPU_HEAD_INL_H_
#endif

#include "kernels/cpu/kernel.h"
#include "kernels/cpu/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace iresweep::cpu::HWY_NAMESPACE {

void head(const Folded& folded, const float* context, float* logits) {
  constexpr int kOut = 4;
  const D d;
  V logit[kVectors];
  for (auto& x : logit) x = hn::Set(d, folded.output_bias);
  for (int first = 0; first < kHidden; first += kOut) {
    V acc[kOut][kVectors];
    broadcast(folded.hidden_bias + first, acc);
    accumulate<kContext, kHidden>(context, &folded.hidden[0][first], acc);
#pragma GCC unroll 4
    for (int o = 0; o < kOut; ++o)
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v)
        logit[v] = hn::MulAdd(hn::Max(acc[o][v], hn::Zero(d)), hn::Set(d, folded.output[first + o]), logit[v]);
  }
  for (int v = 0; v < kVectors; ++v) hn::StoreU(logit[v], d, logits + v * kLanes);
}

}  // namespace iresweep::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
