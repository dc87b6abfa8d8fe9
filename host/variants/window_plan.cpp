#include "host/variants/window_plan.h"

#include <algorithm>

#include "iresweep/bases.h"

namespace iresweep {
namespace {

std::int64_t shared_bases(std::int64_t start, Interval changed) {
  return std::min(start + kWindow, changed.end) - std::max(start, changed.start);
}

// The `most` windows of `run` that lie most on the allele; returns how many before them are left out.
std::int64_t trim(WindowRun run, Interval changed, std::int64_t most) {
  const std::int64_t first = run.first;
  while (run.count > most) {
    const std::int64_t last = run.first + run.count - 1;
    if (shared_bases(run.first, changed) < shared_bases(last, changed)) ++run.first;
    --run.count;
  }
  return run.first - first;
}

}  // namespace

WindowRun windows_over(std::int64_t size, Interval changed) {
  const std::int64_t first = std::max<std::int64_t>(changed.start - kWindow + 1, 0);
  const std::int64_t last = std::min(changed.end - 1, size - kWindow);
  return {first, std::max<std::int64_t>(last - first + 1, 0)};
}

WindowPlan plan_windows(std::int64_t size, Interval replaced, std::int64_t inserted) {
  const Interval in_alt{replaced.start, replaced.start + inserted};
  WindowPlan plan;
  plan.ref = windows_over(size, replaced);
  plan.alt = windows_over(size - replaced.size() + inserted, in_alt);
  plan.pairs = std::min(plan.ref.count, plan.alt.count);
  plan.skip_ref = trim(plan.ref, replaced, plan.pairs);
  plan.skip_alt = trim(plan.alt, in_alt, plan.pairs);
  return plan;
}

}  // namespace iresweep
