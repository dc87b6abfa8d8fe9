// From stretches of a record to blocks of the genome.
#include "host/input/coordinate_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace iresweep::test {
namespace {

using Blocks = std::vector<Interval>;

TEST(CoordinateMap, ARegionShifts) {
  const CoordinateMap map("c", Strand::plus, {{100, 300}});
  EXPECT_EQ(map.size(), 200);
  EXPECT_EQ(map.project({0, 174}), (Blocks{{100, 274}}));
  EXPECT_EQ(map.project({199, 200}), (Blocks{{299, 300}}));
}

TEST(CoordinateMap, BlocksThatTouchAreOne) {
  const CoordinateMap map("c", Strand::plus, {{0, 5}, {5, 9}, {10, 12}});
  EXPECT_EQ(map.blocks(), (Blocks{{0, 9}, {10, 12}}));
  EXPECT_EQ(map.project({3, 10}), (Blocks{{3, 9}, {10, 11}}));
}

TEST(CoordinateMap, StretchesThatEndAtAnIntronHaveNoEmptyBlock) {
  const CoordinateMap map("c", Strand::plus, {{10, 20}, {30, 40}, {50, 60}});
  EXPECT_EQ(map.project({0, 10}), (Blocks{{10, 20}}));
  EXPECT_EQ(map.project({10, 20}), (Blocks{{30, 40}}));
  EXPECT_EQ(map.project({9, 21}), (Blocks{{19, 20}, {30, 40}, {50, 51}}));
}

TEST(CoordinateMap, TheMinusStrandBeginsAtTheEnd) {
  const CoordinateMap map("c", Strand::minus, {{10, 20}, {30, 40}});
  EXPECT_EQ(map.project({0, 3}), (Blocks{{37, 40}}));
  EXPECT_EQ(map.project({8, 13}), (Blocks{{17, 20}, {30, 32}}));
}

// Base by base: position i of the record is the i-th base of the blocks, from either end.
TEST(CoordinateMap, FindsEveryBase) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Blocks blocks;
    std::vector<std::int64_t> bases;
    std::int64_t at = random() % 5;
    for (unsigned i = 0; i < 1 + random() % 5; ++i) {
      const std::int64_t size = 1 + random() % 9;
      blocks.push_back({at, at + size});
      for (std::int64_t base = 0; base < size; ++base) bases.push_back(at + base);
      at += size + random() % 4;
    }
    const Strand strand = round % 2 ? Strand::minus : Strand::plus;
    if (strand == Strand::minus) std::reverse(bases.begin(), bases.end());
    const CoordinateMap map("c", strand, blocks);
    ASSERT_EQ(map.size(), std::int64_t(bases.size()));
    for (std::size_t start = 0; start < bases.size(); ++start)
      for (std::size_t end = start + 1; end <= bases.size(); ++end) {
        std::vector<std::int64_t> found, wanted(bases.begin() + long(start), bases.begin() + long(end));
        for (const Interval& block : map.project({std::int64_t(start), std::int64_t(end)}))
          for (std::int64_t base = block.start; base < block.end; ++base) found.push_back(base);
        std::sort(wanted.begin(), wanted.end());
        ASSERT_EQ(found, wanted) << "round " << round << ", " << start << "-" << end;
      }
  }
}

}  // namespace
}  // namespace iresweep::test
