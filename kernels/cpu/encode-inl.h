// Table rows to gates, one strip of sequence a lane: first layer, second layer, projection.
#if defined(IRESWEEP_CPU_ENCODE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef IRESWEEP_CPU_ENCODE_INL_H_
#undef IRESWEEP_CPU_ENCODE_INL_H_
#else
#define IRESWEEP_CPU_ENCODE_INL_H_
#endif

#include "kernels/cpu/kernel.h"
#include "kernels/cpu/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace iresweep::cpu::HWY_NAMESPACE {

// 16 channels of one position: [16][kGroup], or before they are turned [kGroup][16].
using Channels = float[16 * kGroup];

// Four channels of 4 * (number of 128-bit blocks) lanes: block b of source i comes from lane 4 b + i, so that turning
// each 4 x 4 block gives the lanes in order. by_lane(lane) points to a lane's channels.
template <class ByLane>
HWY_INLINE V four_channels(const ByLane& by_lane, int i) {
  const hn::CappedTag<float, 4> d4;
  const auto block = [&](int b) { return hn::LoadU(d4, by_lane(4 * b + i)); };
#if HWY_TARGET == HWY_AVX3
  const hn::CappedTag<float, 8> d8;
  return hn::Combine(D(), hn::Combine(d8, block(3), block(2)), hn::Combine(d8, block(1), block(0)));
#elif HWY_TARGET == HWY_AVX2
  return hn::Combine(D(), block(1), block(0));
#else
  return block(0);
#endif
}

// 16 channels of each lane to a vector of lanes for each channel.
template <class ByLane>
HWY_INLINE void turn(const ByLane& by_lane, float* HWY_RESTRICT by_channel) {
  const D d;
  const hn::RepartitionToWide<D> wide;
  for (int v = 0; v < kVectors; ++v)
#pragma GCC unroll 4
    for (int c = 0; c < 16; c += 4) {
      const auto from = [&](int lane) { return by_lane(v * kLanes + lane) + c; };
      const V a0 = four_channels(from, 0), a1 = four_channels(from, 1);
      const V a2 = four_channels(from, 2), a3 = four_channels(from, 3);
      const auto b0 = hn::BitCast(wide, hn::InterleaveLower(d, a0, a1));
      const auto b1 = hn::BitCast(wide, hn::InterleaveLower(d, a2, a3));
      const auto b2 = hn::BitCast(wide, hn::InterleaveUpper(d, a0, a1));
      const auto b3 = hn::BitCast(wide, hn::InterleaveUpper(d, a2, a3));
      float* to = by_channel + c * kGroup + v * kLanes;
      hn::Store(hn::BitCast(d, hn::InterleaveLower(wide, b0, b1)), d, to);
      hn::Store(hn::BitCast(d, hn::InterleaveUpper(wide, b0, b1)), d, to + kGroup);
      hn::Store(hn::BitCast(d, hn::InterleaveLower(wide, b2, b3)), d, to + 2 * kGroup);
      hn::Store(hn::BitCast(d, hn::InterleaveUpper(wide, b2, b3)), d, to + 3 * kGroup);
    }
}

// Rows of 8 channels at a time: a vector where vectors are so short, half a vector in AVX-512.
using RowTag = hn::CappedTag<float, 8>;

// The first layer of lanes first .. end-1 at position p. Not inlined: encode() leaves too few registers for a tight
// loop.
HWY_NOINLINE void first_layer(const float* HWY_RESTRICT table, const std::uint32_t* const* lanes, int p, int first,
                              int end, float* HWY_RESTRICT by_lane) {
  const RowTag d;
  const auto zero = hn::Zero(d);
  for (int lane = first; lane < end; ++lane) {
    const std::uint32_t* rows = lanes[lane] + p;
    const float *m2 = table + rows[-2], *m1 = table + rows[-1], *at = table + rows[0];
    const float *p1 = table + rows[1], *p2 = table + rows[2];
    for (int c = 0; c < 8; c += int(hn::MaxLanes(d))) {
      const auto k2 = hn::Add(hn::LoadU(d, m1 + Row::k2_before + c), hn::LoadU(d, p1 + Row::k2_after + c));
      const auto k3 = hn::Add(hn::Add(hn::LoadU(d, m2 + Row::k3_before + c), hn::LoadU(d, at + Row::k3_centre + c)),
                              hn::LoadU(d, p2 + Row::k3_after + c));
      hn::StoreU(hn::Max(k2, zero), d, by_lane + lane * 16 + c);
      hn::StoreU(hn::Max(k3, zero), d, by_lane + lane * 16 + 8 + c);
    }
  }
}

HWY_INLINE void shortcut(const float* HWY_RESTRICT table, const std::uint32_t* const* lanes, int p,
                         float* HWY_RESTRICT out) {
  turn([&](int lane) { return table + lanes[lane][p] + Row::shortcut; }, out);
}

// relu(relu(convolution) + shortcut) of 8 channels; taps[i] is the first layer [16][kGroup] that tap i sees.
template <int Taps>
HWY_INLINE void second_layer(const float* const (&taps)[Taps], const float (&kernel)[Taps][kFirst][8],
                             const float (&bias)[8], const float* HWY_RESTRICT shortcuts, float* HWY_RESTRICT out) {
  constexpr int kOut = kManyRegisters ? 8 : 4;
  const D d;
  const V zero = hn::Zero(d);
  for (int first = 0; first < 8; first += kOut) {
    V acc[kOut][kVectors];
    broadcast(bias + first, acc);
    for (int tap = 0; tap < Taps; ++tap) accumulate<kFirst, 8>(taps[tap], &kernel[tap][0][first], acc);
#pragma GCC unroll 24
    for (int o = 0; o < kOut; ++o)
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const int at = (first + o) * kGroup + v * kLanes;
        const V sum = hn::Add(hn::Max(acc[o][v], zero), hn::Load(d, shortcuts + at));
        hn::Store(hn::Max(sum, zero), d, out + at);
      }
  }
}

inline constexpr int kProjectBlocks = kManyRegisters ? 6 : 8;

// Features [16][kGroup] to gates; after(i) is called behind block i of the multiply-adds.
template <class After>
HWY_INLINE void project(const Folded& folded, const float* HWY_RESTRICT features, float* HWY_RESTRICT gates,
                        std::size_t gate_stride, const After& after) {
  constexpr int kOut = kGates / kProjectBlocks;
  const D d;
  for (int first = 0; first < kGates; first += kOut) {
    V acc[kOut][kVectors];
    broadcast(folded.projection_bias + first, acc);
    accumulate<kFeatures, kGates>(features, &folded.projection[0][first], acc);
#pragma GCC unroll 24
    for (int o = 0; o < kOut; ++o) {
      const V limit = hn::Set(d, folded.gate_limit[first + o]);
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const V clamped = hn::Max(hn::Min(acc[o][v], limit), hn::Neg(limit));
        hn::StoreU(clamped, d, gates + std::size_t(first + o) * gate_stride + v * kLanes);
      }
    }
    after(first / kOut);
  }
}

// Whether the table rows of the next position are read between the multiply-adds of this one: each hides the other's
// latency. With few registers that costs more than it gains (2 to 4% on avx2).
inline constexpr bool kMingle = kVectors == 1;

void encode(const Folded& folded, const Strip& strip, const GatePlane& gates) {
  constexpr int kRing = 2 * kReach + 1;
  const float* table = folded.rows.data();
  HWY_ALIGN Channels ring[kRing], by_lane, shortcuts, features;
  const auto at = [&](int p) -> float* { return ring[(p + kRing) % kRing]; };
  const auto outside = [&](int p) {
    return (p < 0 && strip.outside_before) || (p >= strip.count && strip.outside_after);
  };
  const auto read = [&](int p, int first, int end) { first_layer(table, strip.rows, p, first, end, by_lane); };
  const auto fill = [&](int p) {
    if (outside(p)) {
      for (int i = 0; i < 16 * kGroup; i += kLanes) hn::Store(hn::Zero(D()), D(), at(p) + i);
    } else {
      if (!kMingle || p <= kReach) read(p, 0, kGroup);
      turn([&](int lane) { return by_lane + lane * 16; }, at(p));
    }
  };
  for (int p = -kReach; p < kReach; ++p) fill(p);
  for (int p = 0; p < strip.count; ++p) {
    fill(p + kReach);
    shortcut(table, strip.rows, p, shortcuts);
    second_layer({at(p - 1), at(p + 1)}, folded.second_k2, folded.second_k2_bias, shortcuts, features);
    second_layer({at(p - 2), at(p), at(p + 2)}, folded.second_k3, folded.second_k3_bias, shortcuts + 8 * kGroup,
                 features + 8 * kGroup);
    const int next = p + 1 + kReach;
    const bool ahead = kMingle && p + 1 < strip.count && !outside(next);
    project(folded, features, gates.data + std::size_t(p) * gates.position_stride, gates.gate_stride, [&](int i) {
      if (ahead) read(next, i * kGroup / kProjectBlocks, (i + 1) * kGroup / kProjectBlocks);
    });
  }
}

}  // namespace iresweep::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
