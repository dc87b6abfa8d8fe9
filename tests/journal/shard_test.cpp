// Shares of the work: equal, apart, together everything.
#include "host/journal/shard.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/text_source.h"

namespace iresweep {
namespace {

TEST(Shard, IsReadAsKOfN) {
  ASSERT_TRUE(parse_shard("3/8"));
  EXPECT_EQ(parse_shard("3/8")->number, 3u);
  EXPECT_EQ(parse_shard("3/8")->of, 8u);
  EXPECT_TRUE(parse_shard("1/1"));
  for (const char* text :
       {"", "/", "3", "3/", "/8", "0/8", "9/8", "3/8x", "x3/8", "-1/8", "3/ 8", "1/99999999999999999999"})
    EXPECT_FALSE(parse_shard(text)) << text;
}

TEST(Shard, SharesAreEqualAndTogetherEverything) {
  for (const std::uint64_t windows : {0ull, 1ull, 7ull, 100ull, 6'200'000'001ull})
    for (const std::uint64_t of : {1u, 2u, 3u, 8u, 1000u}) {
      std::uint64_t end = 0;
      for (std::uint64_t number = 1; number <= of; ++number) {
        const WindowRange range = ranges_of({number, of}, {windows, 0})[0];
        EXPECT_EQ(range.begin, end);
        EXPECT_GE(range.end - range.begin, windows / of);
        EXPECT_LE(range.end - range.begin, windows / of + 1);
        end = range.end;
      }
      EXPECT_EQ(end, windows);
    }
}

TEST(Shard, CountsTheWindowsOfEachStrand) {
  test::TextSource both({std::string(1000, 'A'), "", std::string(174, 'C'), "G"}, 97);
  EXPECT_EQ(count_windows(both, {.step = 50, .plus = true, .minus = true}), (WindowCounts{20, 20}));
  test::TextSource minus({std::string(1000, 'A')}, 97);
  EXPECT_EQ(count_windows(minus, {.step = 50, .plus = false, .minus = true}), (WindowCounts{0, 18}));
}

}  // namespace
}  // namespace iresweep
