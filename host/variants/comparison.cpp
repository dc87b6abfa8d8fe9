#include "host/variants/comparison.h"

#include <algorithm>
#include <cmath>

namespace iresweep {
namespace {

struct Windows {
  std::vector<float> logits;
  std::vector<std::uint8_t> missing;

  explicit Windows(const std::vector<StretchPart>& parts) {
    for (const auto& [stretch, first, count] : parts) {
      const auto from = std::ptrdiff_t(first), to = std::ptrdiff_t(first + count);
      logits.insert(logits.end(), stretch->logits.begin() + from, stretch->logits.begin() + to);
      missing.insert(missing.end(), stretch->missing.begin() + from, stretch->missing.begin() + to);
    }
  }

  std::int64_t called(const CallRule& rule) const {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < logits.size(); ++i)
      count += missing[i] <= rule.max_missing && logits[i] > rule.threshold_logit;
    return count;
  }
};

HitChange hit_change(std::int64_t ref_called, std::int64_t alt_called) {
  if (ref_called > 0) return alt_called > 0 ? HitChange::kept : HitChange::lost;
  return alt_called > 0 ? HitChange::gained : HitChange::none;
}

// A start on the strand of a contig that is read backwards, counted from the contig's beginning.
void count_forwards(Effect& effect, const Comparison& comparison) {
  if (!effect.target->is_contig || effect.target->map.strand() == Strand::plus) return;
  const std::int64_t last = effect.target->size() - kWindow;
  effect.ref_start = last - effect.ref_start;
  effect.largest_start = last - effect.largest_start;
  effect.alt_start = last + comparison.growth - effect.alt_start;
}

}  // namespace

WindowStretch::WindowStretch(std::vector<BaseCode> all) : codes(std::move(all)) {
  const std::size_t windows = codes.size() - kWindow + 1;
  missing.resize(windows);
  logits.resize(windows);
  auto count = std::count(codes.begin(), codes.begin() + kWindow, kMissing);
  for (std::size_t i = 0; i < windows; ++i) {
    missing[i] = std::uint8_t(count);
    count -= codes[i] == kMissing;
    if (i + 1 < windows) count += codes[i + kWindow] == kMissing;
  }
}

Effect effect_of(const Comparison& comparison, const CallRule& rule) {
  Effect effect;
  effect.alt = comparison.alt;
  effect.target = comparison.target;
  effect.verdict = comparison.verdict;
  if (comparison.verdict != Verdict::scored) return effect;
  const Windows ref(comparison.ref), alt(comparison.alt_windows);
  const WindowPlan& plan = comparison.plan;
  for (std::int64_t i = 0; i < plan.pairs; ++i) {
    const std::size_t r = std::size_t(plan.skip_ref + i), a = std::size_t(plan.skip_alt + i);
    if (ref.missing[r] > rule.max_missing || alt.missing[a] > rule.max_missing) continue;
    const double before = ref.logits[r], after = alt.logits[a];
    const bool first = effect.windows++ == 0;
    if (first || before > effect.ref_logit)
      effect.ref_logit = before, effect.ref_start = plan.ref.first + std::int64_t(r);
    if (first || after > effect.alt_logit)
      effect.alt_logit = after, effect.alt_start = plan.alt.first + std::int64_t(a);
    if (first || std::abs(after - before) > std::abs(effect.largest_change))
      effect.largest_change = after - before, effect.largest_start = plan.ref.first + std::int64_t(r);
  }
  if (effect.windows == 0) {
    effect.verdict = Verdict::missing_bases;
    return effect;
  }
  effect.ref_called = ref.called(rule), effect.alt_called = alt.called(rule);
  effect.hit = hit_change(effect.ref_called, effect.alt_called);
  count_forwards(effect, comparison);
  return effect;
}

}  // namespace iresweep
