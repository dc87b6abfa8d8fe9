// Compiles the stages once for every instruction set and lists the results.
//
// SSSE3 and AVX3_DL would add nothing over the neighbours below them, SVE has no fixed vector length to lay columns out
// for. Plain x86-64 has none of the targets: SSE4 is the least that Highway vectorises, and nothing here runs unasked
// whether the CPU has it.
#include "kernels/cpu/kernel.h"

#if defined(__x86_64__) && !defined(__SSE4_2__)
#define HWY_BASELINE_TARGETS HWY_SSE4
#endif

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/kernels.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.h, which includes this file again for every target.
#include "hwy/highway.h"
#include "kernels/cpu/attend-inl.h"
#include "kernels/cpu/encode-inl.h"
#include "kernels/cpu/head-inl.h"

HWY_BEFORE_NAMESPACE();
namespace iresweep::cpu::HWY_NAMESPACE {

Kernel kernel(const char* name) {
  static_assert(kLanes >= 4 && kGroup <= kMaxGroup);
  return {name, kGroup, encode, attend, head};
}

}  // namespace iresweep::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <vector>

namespace iresweep::cpu {

std::span<const Choice> kernels() {
  static const std::vector<Choice> choices = [] {
    const auto supported = hwy::SupportedTargets();
    std::vector<Choice> list;
    const auto add = [&](Kernel kernel, std::int64_t target) { list.push_back({kernel, (supported & target) != 0}); };
#if HWY_TARGETS & HWY_AVX3
    add(N_AVX3::kernel("avx512"), HWY_AVX3);
#endif
#if HWY_TARGETS & HWY_AVX2
    add(N_AVX2::kernel("avx2"), HWY_AVX2);
#endif
#if HWY_TARGETS & HWY_SSE4
    add(N_SSE4::kernel("sse4"), HWY_SSE4);
#endif
#if HWY_TARGETS & HWY_NEON
    add(N_NEON::kernel("neon"), HWY_NEON);
#endif
    return list;
  }();
  return choices;
}

}  // namespace iresweep::cpu
#endif
