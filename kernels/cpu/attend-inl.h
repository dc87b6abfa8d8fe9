// Gates to context: bidirectional GRU and attention, one window a lane.
//
// Both directions run at once, one from each end: their steps do not depend on each other, so the latency of one hides
// behind the other. Up to the middle they only keep their states; beyond it, each step meets the state that the other
// direction left there, and attention takes the two.
#if defined(IRESWEEP_CPU_ATTEND_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef IRESWEEP_CPU_ATTEND_INL_H_
#undef IRESWEEP_CPU_ATTEND_INL_H_
#else
#define IRESWEEP_CPU_ATTEND_INL_H_
#endif

#include <algorithm>
#include <cstring>

#include "iresweep/network.h"
#include "kernels/cpu/kernel.h"
#include "kernels/cpu/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace iresweep::cpu::HWY_NAMESPACE {

inline constexpr int kBlock = 8 / kVectors;                          // units at a time: eight accumulators
inline constexpr std::size_t kState = std::size_t(kUnits) * kGroup;  // floats of one direction's states at one position

inline constexpr std::size_t kSums = std::size_t(1 + kContext) * kGroup;  // of energies and of states times energy

// How many gaps the fullest of a group's vectors has: one at most is the usual case and needs no loop.
enum class Gaps { kNone, kOne, kMany };

// The columns of one vector's windows: consecutive but for gaps where a record ends.
struct Columns {
  std::uint32_t first = 0;
  int gaps = 0;
  std::ptrdiff_t shift[kLanes];  // how far lanes beyond a gap lie from where they would lie without gaps
  hn::Mask<D> beyond[kLanes];

  Columns() {}  // not the compiler's own: that one would lack the target's attributes

  void set(const std::uint32_t* column) {
    first = column[0];
    shift[0] = 0;
    beyond[0] = hn::FirstN(D(), 0);
    for (int lane = 1; lane < kLanes; ++lane) {
      if (column[lane] == column[lane - 1] + 1) continue;
      shift[gaps] = std::ptrdiff_t(column[lane]) - std::ptrdiff_t(column[0]) - lane;
      beyond[gaps++] = hn::Not(hn::FirstN(D(), std::size_t(lane)));
    }
  }
};

// Gates of one position and direction: a pointer for each vector.
struct Gates {
  const float* at[kVectors];
  std::size_t stride;
  const Columns* columns;  // [kVectors]

  template <Gaps kGaps>
  HWY_INLINE V load(int gate, int v) const {
    const D d;
    const float* from = at[v] + std::size_t(gate) * stride;
    V x = hn::LoadU(d, from);
    const int count = kGaps == Gaps::kMany ? columns[v].gaps : int(kGaps);
    for (int g = 0; g < count; ++g)
      x = hn::IfThenElse(columns[v].beyond[g], hn::LoadU(d, from + columns[v].shift[g]), x);
    return x;
  }
};

// Gates of kBlock units from `gate` on, plus what the recurrence adds.
template <Gaps kGaps>
HWY_INLINE void recur(const FoldedGru& gru, const Gates& gates, const float* h, int gate, V (&acc)[kBlock][kVectors]) {
#pragma GCC unroll 8
  for (int u = 0; u < kBlock; ++u)
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) acc[u][v] = gates.load<kGaps>(gate + u, v);
  accumulate<kUnits, kGateSet>(h, &gru.recurrent[0][gate], acc);
}

// One step: h [kUnits][kGroup] to h_next.
//
// z h + (1 - z) tanh is h plus a change; with z = up / (up + down) and tanh = (Up - Down) / (Up + Down), the change is
// one quotient. Rounding errors are then relative to the change, not to h, which a long memory would add up.
template <Gaps kGaps>
HWY_NOINLINE void gru_step(const FoldedGru& gru, const Gates& gates, const float* HWY_RESTRICT h,
                           float* HWY_RESTRICT h_next) {
  const D d;
  for (int first = 0; first < kUnits; first += kBlock) {
    V r[kBlock][kVectors], candidate[kBlock][kVectors], z[kBlock][kVectors];
    recur<kGaps>(gru, gates, h, kUnits + first, r);
    broadcast(gru.candidate_bias + first, candidate);
    accumulate<kUnits, kGateSet>(h, &gru.recurrent[0][2 * kUnits + first], candidate);
#pragma GCC unroll 8
    for (int u = 0; u < kBlock; ++u)
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const Quotient e = exp2_quotient(r[u][v]);
        const V reset = hn::Div(e.up, hn::Add(e.up, e.down));
        candidate[u][v] = hn::MulAdd(reset, candidate[u][v], gates.load<kGaps>(2 * kUnits + first + u, v));
      }
    recur<kGaps>(gru, gates, h, first, z);
#pragma GCC unroll 8
    for (int u = 0; u < kBlock; ++u)
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const std::size_t at = std::size_t(first + u) * kGroup + v * kLanes;
        const Quotient keep = exp2_quotient(z[u][v]), c = exp2_quotient(candidate[u][v]);
        const V sum = hn::Add(c.up, c.down), difference = hn::Sub(c.up, c.down);
        const V old = hn::Load(d, h + at);
        const V change = hn::Mul(keep.down, hn::NegMulAdd(old, sum, difference));
        const V all = hn::Mul(hn::Add(keep.up, keep.down), sum);
        hn::Store(hn::Add(old, hn::Div(change, all)), d, h_next + at);
      }
  }
}

// The energies of one position: [kVectors], from the states [kUnits][kGroup] of both directions.
HWY_INLINE void energies(const Folded& folded, const float* HWY_RESTRICT forward, const float* HWY_RESTRICT backward,
                         V (&energy)[kVectors]) {
  const D d;
  V score[kVectors];
  for (auto& x : score) x = hn::Zero(d);
  for (int first = 0; first < kUnits; first += kBlock) {
    V acc[kBlock][kVectors];
    broadcast(folded.attention_bias + first, acc);
    accumulate<kUnits, kUnits>(forward, &folded.attention[0][first], acc);
    accumulate<kUnits, kUnits>(backward, &folded.attention[kUnits][first], acc);
#pragma GCC unroll 8
    for (int u = 0; u < kBlock; ++u)
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) {
        const Quotient e = exp2_quotient(acc[u][v]);
        const V tanh = hn::Div(hn::Sub(e.up, e.down), hn::Add(e.up, e.down));
        score[v] = hn::MulAdd(tanh, hn::Set(d, folded.attention_context[first + u]), score[v]);
      }
  }
#pragma GCC unroll 2
  for (int v = 0; v < kVectors; ++v) {
    const Quotient e = exp2_quotient(score[v]);
    energy[v] = hn::Div(e.up, e.down);
  }
}

// States of both directions at one position.
struct Position {
  const float *forward, *backward;
};

// Adds two positions to the sums [1 + kContext][kGroup] of energies and of states times energy.
HWY_NOINLINE void attention_step(const Folded& folded, const Position& a, const Position& b, float* HWY_RESTRICT sums) {
  const D d;
  V energy_a[kVectors], energy_b[kVectors];
  energies(folded, a.forward, a.backward, energy_a);
  energies(folded, b.forward, b.backward, energy_b);
#pragma GCC unroll 2
  for (int v = 0; v < kVectors; ++v) {
    float* sum = sums + v * kLanes;
    hn::Store(hn::Add(hn::Add(hn::Load(d, sum), energy_a[v]), energy_b[v]), d, sum);
    const float* states[2][2] = {{a.forward, b.forward}, {a.backward, b.backward}};
#pragma GCC unroll 2
    for (const auto& [at_a, at_b] : states)
#pragma GCC unroll 8
      for (int u = 0; u < kUnits; ++u) {
        sum += kGroup;
        const int at = u * kGroup + v * kLanes;
        const V first = hn::MulAdd(energy_a[v], hn::Load(d, at_a + at), hn::Load(d, sum));
        hn::Store(hn::MulAdd(energy_b[v], hn::Load(d, at_b + at), first), d, sum);
      }
  }
}

// Adds the sums to the totals and clears them. One long sum of 174 terms in float would cost as much precision as all
// the rest of the network.
HWY_NOINLINE void carry_over(float* HWY_RESTRICT sums, float* HWY_RESTRICT totals) {
  const D d;
  for (int i = 0; i < int(kSums); i += kLanes) {
    hn::Store(hn::Add(hn::Load(d, totals + i), hn::Load(d, sums + i)), d, totals + i);
    hn::Store(hn::Zero(d), d, sums + i);
  }
}

class Attender {
 public:
  Attender(const Folded& folded, const GateSource& source, float* scratch)
      : folded_(folded),
        source_(source),
        kept_(scratch),
        sums_(kept_ + (kWindow + 5) * kState),
        totals_(sums_ + kSums) {
    for (int v = 0; v < kVectors; ++v) {
      columns_[v].set(source.column + v * kLanes);
      gaps_ = std::max(gaps_, Gaps(std::min(columns_[v].gaps, int(Gaps::kMany))));
    }
    for (int t = 0, base = 0, column = 0; t < kWindow; ++t) {
      shared_at_[t] = std::size_t(base * kGates) * source.pitch + std::size_t(column);
      if (++base == source.step) base = 0, ++column;
    }
    std::memset(slot(kWindow), 0, kState * sizeof(float));
    std::memset(sums_, 0, 2 * kSums * sizeof(float));
  }

  void run(float* context) {
    constexpr int kMiddle = kWindow / 2, kCarry = 8;
    static_assert(kWindow % 2 == 0);
    const float *forward = slot(kWindow), *backward = slot(kWindow);
    for (int s = 0; s < kMiddle; ++s) {
      forward = step(0, s, forward, slot(s));
      backward = step(1, kWindow - 1 - s, backward, slot(kWindow - 1 - s));
    }
    for (int s = kMiddle; s < kWindow; ++s) {
      forward = step(0, s, forward, slot(kWindow + 1 + s % 2));
      backward = step(1, kWindow - 1 - s, backward, slot(kWindow + 3 + s % 2));
      attention_step(folded_, {forward, slot(s)}, {slot(kWindow - 1 - s), backward}, sums_);
      if (s % kCarry == 0) carry_over(sums_, totals_);
    }
    carry_over(sums_, totals_);
    finish(context);
  }

 private:
  // States kept at a position (by whichever direction came first), then the zero state, then two of each direction.
  float* slot(int i) const { return kept_ + std::size_t(i) * kState; }

  const float* step(int direction, int t, const float* h, float* h_next) const {
    Gates gates;
    const bool end = t < kEnd || t >= kWindow - kEnd;
    if (end) {
      const int e = t < kEnd ? t : t - (kWindow - 2 * kEnd);
      gates.stride = kGroup;
      const float* from = source_.ends + std::size_t(e * kGates + direction * kGateSet) * kGroup;
      for (int v = 0; v < kVectors; ++v) gates.at[v] = from + v * kLanes;
    } else {
      gates.stride = source_.pitch;
      const float* from = source_.shared + shared_at_[t] + std::size_t(direction * kGateSet) * source_.pitch;
      for (int v = 0; v < kVectors; ++v) gates.at[v] = from + columns_[v].first;
    }
    gates.columns = columns_;
    const FoldedGru& gru = folded_.gru[direction];
    if (end || gaps_ == Gaps::kNone)
      gru_step<Gaps::kNone>(gru, gates, h, h_next);
    else if (gaps_ == Gaps::kOne)
      gru_step<Gaps::kOne>(gru, gates, h, h_next);
    else
      gru_step<Gaps::kMany>(gru, gates, h, h_next);
    return h_next;
  }

  void finish(float* context) const {
    const D d;
    for (int v = 0; v < kVectors; ++v) {
      const V total = hn::Add(hn::Load(d, totals_ + v * kLanes), hn::Set(d, float(kAttentionEpsilon)));
      for (int c = 0; c < kContext; ++c) {
        const V sum = hn::Load(d, totals_ + (1 + c) * kGroup + v * kLanes);
        hn::Store(hn::Div(sum, total), d, context + c * kGroup + v * kLanes);
      }
    }
  }

  const Folded& folded_;
  const GateSource& source_;
  Columns columns_[kVectors];
  Gaps gaps_ = Gaps::kNone;
  std::size_t shared_at_[kWindow];  // gates of a position, from the first column of a window on
  float *kept_, *sums_, *totals_;
};

void attend(const Folded& folded, const GateSource& gates, float* states, float* context) {
  Attender(folded, gates, states).run(context);
}

}  // namespace iresweep::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
