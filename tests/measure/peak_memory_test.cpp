#include "host/measure/peak_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace iresweep::test {
namespace {

TEST(PeakMemory, StaysWhereItWasHighest) {
  constexpr std::size_t kMore = 64 << 20;
  const std::uint64_t before = peak_memory();
  EXPECT_GT(before, 0u);
  { const std::vector<char> written(kMore, 'x'); }
  EXPECT_GE(peak_memory(), kMore);
  EXPECT_LT(peak_memory(), before + 2 * kMore);
}

}  // namespace
}  // namespace iresweep::test
