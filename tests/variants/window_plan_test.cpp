#include "host/variants/window_plan.h"

#include <gtest/gtest.h>

#include "iresweep/bases.h"

namespace iresweep {
namespace {

TEST(WindowPlan, ASubstitutionHasTheWindowsThatHoldIt) {
  const WindowPlan plan = plan_windows(1000, {500, 501}, 1);
  EXPECT_EQ(plan.ref, (WindowRun{327, 174}));
  EXPECT_EQ(plan, (WindowPlan{{327, 174}, {327, 174}, 0, 0, 174}));
}

TEST(WindowPlan, AnInsertionIsComparedByItsMiddle) {
  // With ALT 173 + 4 windows; with REF those with bases on both sides of the place.
  EXPECT_EQ(plan_windows(1000, {500, 500}, 4), (WindowPlan{{327, 173}, {327, 177}, 0, 2, 173}));
  // Of an odd number the last goes first.
  EXPECT_EQ(plan_windows(1000, {500, 500}, 3), (WindowPlan{{327, 173}, {327, 176}, 0, 1, 173}));
}

TEST(WindowPlan, ADeletionTheOtherWayRound) {
  EXPECT_EQ(plan_windows(1000, {500, 504}, 0), (WindowPlan{{327, 177}, {327, 173}, 2, 0, 173}));
  EXPECT_EQ(plan_windows(1000, {500, 503}, 1), (WindowPlan{{327, 176}, {327, 174}, 1, 0, 174}));
}

TEST(WindowPlan, AtAnEndItIsComparedByTheEnd) {
  // Windows 0 .. 9 with REF; with ALT 0 .. 59, of which 0 .. 10 hold all 50 bases.
  EXPECT_EQ(plan_windows(1000, {10, 10}, 50), (WindowPlan{{0, 10}, {0, 60}, 0, 0, 10}));
  // With ALT 866 .. 876 hold all 50 bases; one is too many.
  EXPECT_EQ(plan_windows(1000, {990, 990}, 50), (WindowPlan{{817, 10}, {817, 60}, 0, 49, 10}));
}

TEST(WindowPlan, NumbersAreTheSameAndWindowsAreFull) {
  for (const std::int64_t size : {174, 180, 400})
    for (std::int64_t start = 0; start <= size; start += 7)
      for (const std::int64_t length : {0, 1, 2, 30, 200})
        for (const std::int64_t inserted : {0, 1, 5, 180}) {
          const Interval replaced{start, std::min(start + length, size)};
          const std::int64_t alt_size = size - replaced.size() + inserted;
          if (alt_size < kWindow || (replaced.size() == 0 && inserted == 0)) continue;
          const WindowPlan plan = plan_windows(size, replaced, inserted);
          EXPECT_EQ(plan.pairs, std::min(plan.ref.count, plan.alt.count));
          EXPECT_LE(plan.skip_ref + plan.pairs, plan.ref.count);
          EXPECT_LE(plan.skip_alt + plan.pairs, plan.alt.count);
          for (const auto& [run, all] : {std::pair(plan.ref, size), std::pair(plan.alt, alt_size)}) {
            EXPECT_GE(run.first, 0);
            EXPECT_TRUE(run.count == 0 || run.first + run.count - 1 + kWindow <= all);
          }
        }
}

TEST(WindowPlan, ADeletedEndLeavesNoWindow) {
  EXPECT_EQ(plan_windows(1000, {995, 1000}, 0).pairs, 0);
  EXPECT_EQ(plan_windows(1000, {0, 5}, 0).pairs, 0);
  EXPECT_EQ(plan_windows(1000, {990, 999}, 0).pairs, 1);
}

}  // namespace
}  // namespace iresweep
