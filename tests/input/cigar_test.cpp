// Where a CIGAR puts a read's bases, and what a stretch of the read becomes on the contig.
#include "host/input/alignments/cigar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace iresweep::test {
namespace {

using Parts = std::vector<AlignedPart>;
using Blocks = std::vector<Interval>;

std::vector<std::uint32_t> packed(const std::string& cigar) {
  std::vector<std::uint32_t> operations;
  std::uint32_t size = 0;
  for (const char letter : cigar) {
    if (letter >= '0' && letter <= '9') {
      size = size * 10 + std::uint32_t(letter - '0');
    } else {
      operations.push_back(size << 4 | std::uint32_t(std::string("MIDNSHP=X").find(letter)));
      size = 0;
    }
  }
  return operations;
}

Parts parts(const std::string& cigar) { return aligned_parts(packed(cigar), 100); }

TEST(Cigar, EveryOperation) {
  EXPECT_EQ(parts("10M"), (Parts{{{100, 110}, 0, {}}}));
  EXPECT_EQ(parts("4=2X4M"), (Parts{{{100, 110}, 0, {}}})) << "matches and mismatches are one stretch";
  EXPECT_EQ(parts("4M2I4M"), (Parts{{{100, 104}, 0, {}}, {{104, 108}, 6, {}}}));
  EXPECT_EQ(parts("4M2D4M"), (Parts{{{100, 104}, 0, {}}, {{106, 110}, 4, {}}}));
  EXPECT_EQ(parts("4M20N4M"), (Parts{{{100, 104}, 0, {}}, {{124, 128}, 4, {104, 124}}}));
  EXPECT_EQ(parts("7H3S4M2S5H"), (Parts{{{100, 104}, 3, {}}})) << "soft clips are stored, hard ones are not";
  EXPECT_EQ(parts("4M3P4M"), (Parts{{{100, 108}, 0, {}}})) << "padding is nothing";
  EXPECT_EQ(parts("4M1D20N2I4M"), (Parts{{{100, 104}, 0, {}}, {{125, 129}, 6, {105, 125}}}));
  EXPECT_EQ(parts("2I4M1D0M4M3I"), (Parts{{{100, 104}, 2, {}}, {{105, 109}, 6, {}}}));
  EXPECT_EQ(parts("3D2N4M2D"), (Parts{{{105, 109}, 0, {}}})) << "gaps at the ends belong to nothing";
  EXPECT_EQ(parts("9S"), Parts{});
  EXPECT_EQ(read_size(packed("7H3S4M2I1D20N4=1X2S5H")), 16);
  EXPECT_EQ(aligned_bases(parts("3S4M2I1D20N4=1X2S")), 9);
}

TEST(ReadMap, BlocksEndAtIntronsOnly) {
  const auto map = CoordinateMap::of_read("c", Strand::plus, parts("10M2D10M5I10M50N10M"));
  EXPECT_EQ(map.size(), 45);
  EXPECT_EQ(map.blocks(), (Blocks{{100, 132}, {182, 192}}));
  EXPECT_EQ(map.project({0, 45}), (Blocks{{100, 132}, {182, 192}}));
  EXPECT_EQ(map.project({0, 10}), (Blocks{{100, 110}})) << "a deletion behind the stretch is not of it";
  EXPECT_EQ(map.project({10, 12}), (Blocks{{112, 114}})) << "nor one before it";
  EXPECT_EQ(map.project({9, 11}), (Blocks{{109, 113}}));
}

TEST(ReadMap, AStretchMayBeginOrEndInAnInsertion) {
  const auto map = CoordinateMap::of_read("c", Strand::plus, parts("10M5I10M30N10M"));
  EXPECT_EQ(map.project({12, 20}), (Blocks{{110, 115}}));
  EXPECT_EQ(map.project({5, 13}), (Blocks{{105, 110}}));
  EXPECT_EQ(map.project({11, 14}), (Blocks{{109, 110}})) << "inserted bases alone: the base before them";
  EXPECT_EQ(map.project({14, 26}), (Blocks{{110, 120}, {150, 151}}));
  const auto beside = CoordinateMap::of_read("c", Strand::plus, parts("10M2D30N3D10M"));
  EXPECT_EQ(beside.project({5, 15}), (Blocks{{105, 112}, {142, 150}})) << "introns are as the alignment has them";
  const auto minus = CoordinateMap::of_read("c", Strand::minus, parts("10M5I10M30N10M"));
  EXPECT_EQ(minus.project({35 - 14, 35 - 11}), (Blocks{{109, 110}}));
  EXPECT_EQ(minus.project({0, 11}), (Blocks{{119, 120}, {150, 160}}));
}

// Base by base, for alignments of every operation on both strands.
TEST(ReadMap, FindsEveryBase) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string cigar = "1M";
    for (unsigned i = 0; i < random() % 8; ++i) cigar += std::to_string(1 + random() % 6) + "MIDN=XP"[random() % 7];
    cigar += "2M";
    const auto all = parts(cigar);
    const Strand strand = round % 2 ? Strand::minus : Strand::plus;
    const auto map = CoordinateMap::of_read("c", strand, all);
    // What each base of the record lies on, or -1; and the contig's bases that an intron takes out.
    std::vector<std::int64_t> places(std::size_t(map.size()), -1);
    for (const AlignedPart& part : all)
      for (std::int64_t i = 0; i < part.bases.size(); ++i) places[std::size_t(part.offset + i)] = part.bases.start + i;
    if (strand == Strand::minus) std::reverse(places.begin(), places.end());
    for (std::int64_t start = 0; start < map.size(); ++start)
      for (std::int64_t end = start + 1; end <= map.size(); ++end) {
        std::vector<std::int64_t> wanted(places.begin() + start, places.begin() + end);
        std::erase(wanted, -1);
        std::sort(wanted.begin(), wanted.end());
        const Blocks blocks = map.project({start, end});
        if (wanted.empty()) {
          ASSERT_EQ(blocks.size(), 1u) << cigar;
          ASSERT_EQ(blocks[0].size(), 1) << cigar;
          continue;
        }
        ASSERT_EQ(blocks.front().start, wanted.front()) << cigar;
        ASSERT_EQ(blocks.back().end, wanted.back() + 1) << cigar;
        const auto block_of = [&](std::int64_t base) {
          return std::count_if(blocks.begin(), blocks.end(), [&](const Interval& b) { return b.start <= base; });
        };
        for (std::size_t i = 0; i < wanted.size(); ++i) {
          ASSERT_LT(wanted[i], blocks[std::size_t(block_of(wanted[i])) - 1].end) << cigar << " loses a base";
          if (i == 0) continue;
          const bool spliced = std::any_of(all.begin(), all.end(), [&](const AlignedPart& part) {
            return part.intron.size() > 0 && part.bases.start > wanted[i - 1] && part.bases.start <= wanted[i];
          });
          ASSERT_EQ(block_of(wanted[i]) - block_of(wanted[i - 1]), spliced) << cigar << ", blocks end at introns only";
        }
      }
  }
}

}  // namespace
}  // namespace iresweep::test
