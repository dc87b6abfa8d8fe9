// Memory, tiles and busy time: arithmetic that needs no device.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "host/engine/cuda/busy_time.h"
#include "host/engine/cuda/memory_plan.h"
#include "host/engine/cuda/tiles.h"
#include "kernels/cuda/launch.h"

namespace iresweep::cuda {
namespace {

constexpr TileNeeds kTile{1024, 300'000};

TEST(MemoryPlan, BuffersAreAlignedLargeEnoughAndApart) {
  for (const std::size_t windows : {std::size_t(1), std::size_t(7), std::size_t(4096)})
    for (const TileNeeds& tile : {TileNeeds{}, kTile}) {
      const SlotLayout slot = lay_out_slot(windows, tile);
      ASSERT_GE(slot.bases, std::size_t(kWindow));
      const std::vector<std::pair<std::size_t, std::size_t>> buffers = {
          {slot.base_codes, slot.bases},
          {slot.starts, windows * 4},
          {slot.features, slot.feature_pitch * 16 * 4},
          {slot.end_features, slot.end_pitch * 16 * 4},
          {slot.gates, slot.bases * 48 * 4},
          {slot.end_gates, windows * 12 * 48 * 4},
          {slot.states, windows * std::size_t(kStates) * 4},
          {slot.context, windows * 16 * 4},
          {slot.logits, windows * 4},
          {slot.one_hot, tile.columns * 4 * 4},
          {slot.tile_features, tile.columns * 16 * 4},
          {slot.scratch, tile.scratch_bytes}};
      std::size_t end = 0;
      for (const auto& [begin, bytes] : buffers) {
        EXPECT_EQ(begin % 256, 0u);
        EXPECT_GE(begin, end);
        end = begin + bytes;
      }
      EXPECT_GE(slot.bytes, end);
      EXPECT_LT(slot.bytes, end + 256);
      EXPECT_GE(slot.feature_pitch, slot.bases);
      EXPECT_GE(slot.end_pitch, windows * kEndColumns);
    }
}

TEST(MemoryPlan, ABatchTakesFourFifthsOfFreeMemoryAtMost) {
  std::size_t before = 0;
  for (std::size_t free = 0; free < std::size_t(100) << 30; free += std::size_t(200) << 20) {
    const std::size_t windows = plan_batch(free, 3, kTile);
    EXPECT_GE(windows, before);
    before = windows;
    if (windows == 0) continue;
    EXPECT_LE(3 * lay_out_slot(windows, kTile).bytes, free / 5 * 4);
    // The next larger one does not fit.
    if (windows < kMostBatchWindows) {
      EXPECT_GT(3 * lay_out_slot(2 * windows, kTile).bytes, free / 5 * 4 - 3);
    }
  }
  EXPECT_EQ(before, kMostBatchWindows);
  EXPECT_EQ(plan_batch(std::size_t(1) << 20, 3, {}), 0u);
}

TEST(MemoryPlan, TheLargestBatchIsWithinWhatKernelsIndex) {
  EXPECT_LE(base_room(kLargestBatchWindows), kMostColumns);
  EXPECT_LE(kLargestBatchWindows * kEndColumns, kMostColumns);
}

TEST(Tiles, KeepEveryBaseOnceAndNoneNearACut) {
  for (const std::size_t columns : {std::size_t(32), std::size_t(48), std::size_t(256)})
    for (std::size_t bases = 0; bases < 3 * columns + 5; ++bases) {
      std::size_t kept = 0;
      for_each_tile(bases, columns, [&](const Tile& tile) {
        EXPECT_EQ(tile.begin % 16, 0u);
        EXPECT_LE(tile.bases, columns);
        EXPECT_LE(tile.begin + tile.bases, bases);
        EXPECT_LT(tile.from, tile.to);
        EXPECT_EQ(tile.begin + tile.from, kept);
        kept = tile.begin + tile.to;
        EXPECT_TRUE(tile.begin == 0 || tile.from >= std::size_t(kEnd));
        EXPECT_TRUE(tile.begin + tile.bases == bases || tile.to + std::size_t(kEnd) <= columns);
      });
      ASSERT_EQ(kept, bases);
    }
}

TEST(BusyTime, IsTheUnionOfIntervals) {
  BusyTime busy;
  EXPECT_EQ(busy.seconds(), 0);
  busy.add(1, 2);
  busy.add(4, 6);
  busy.add(1.5, 2.5);
  EXPECT_DOUBLE_EQ(busy.seconds(), 3.5);
  busy.add(2, 5);
  EXPECT_DOUBLE_EQ(busy.seconds(), 5);
  busy.add(0, 10);
  EXPECT_DOUBLE_EQ(busy.seconds(), 10);
}

TEST(BusyTime, OfManyThatComeNearlyInOrder) {
  std::mt19937 random(1);
  std::vector<std::pair<double, double>> intervals;
  double time = 0, sum = 0;
  for (int i = 0; i < 1000; ++i) {
    const double gap = double(random() % 100 + 1), length = double(random() % 100);
    time += gap;
    intervals.emplace_back(time, time + length);
    time += length, sum += length;
  }
  for (std::size_t i = 0; i + 3 < intervals.size(); i += 3)
    std::shuffle(intervals.begin() + std::ptrdiff_t(i), intervals.begin() + std::ptrdiff_t(i) + 3, random);
  BusyTime busy;
  for (const auto& [begin, end] : intervals) busy.add(begin, end);
  EXPECT_DOUBLE_EQ(busy.seconds(), sum);
}

}  // namespace
}  // namespace iresweep::cuda
