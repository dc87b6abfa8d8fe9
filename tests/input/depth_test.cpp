// Depth against one counted base by base, and stretches of the genome found in records.
#include "host/input/alignments/depth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace iresweep::test {
namespace {

using Stretches = std::vector<Interval>;

// The stretches of true elements.
Stretches stretches(const std::vector<bool>& wanted) {
  Stretches found;
  for (std::int64_t i = 0; i < std::int64_t(wanted.size()); ++i) {
    if (!wanted[std::size_t(i)]) continue;
    if (!found.empty() && found.back().end == i)
      found.back().end = i + 1;
    else
      found.push_back({i, i + 1});
  }
  return found;
}

TEST(DepthSweep, CountsEveryBase) {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    const std::int64_t least = 1 + random() % 4;
    std::vector<std::int64_t> starts;
    for (unsigned i = 0; i < random() % 30; ++i) starts.push_back(random() % 200);
    std::sort(starts.begin(), starts.end());
    DepthSweep sweep(least);
    std::vector<std::int64_t> depth(400);
    for (const std::int64_t start : starts) {
      sweep.advance(start);
      std::int64_t at = start;
      for (unsigned part = 0; part < 1 + random() % 3; ++part, at += random() % 20) {
        const std::int64_t end = at + 1 + random() % 40;
        sweep.add({at, end});
        for (; at < end; ++at) ++depth[std::size_t(at)];
      }
    }
    std::vector<bool> deep;
    for (const std::int64_t one : depth) deep.push_back(one >= least);
    EXPECT_EQ(sweep.finish(), stretches(deep));
  }
}

TEST(CoordinateMap, LocatesStretchesOfTheContig) {
  std::mt19937 random(4);
  for (int round = 0; round < 200; ++round) {
    std::vector<bool> covered(120);
    for (std::size_t i = 0; i < covered.size(); ++i)
      covered[i] = random() % 8 ? i > 0 && covered[i - 1] : random() % 2 == 1;
    std::vector<AlignedPart> parts;
    std::int64_t at = random() % 10, offset = 0;
    for (unsigned i = 0; i < 1 + random() % 4; ++i) {
      const std::int64_t size = 1 + random() % 20, gap = random() % 6, inserted = random() % 3;
      parts.push_back({{at, at + size}, offset, random() % 2 && i > 0 ? Interval{at - 1, at} : Interval{at, at}});
      at += size + gap + 1, offset += size + inserted;
    }
    const Strand strand = round % 2 ? Strand::minus : Strand::plus;
    const auto map = CoordinateMap::of_read("c", strand, parts);
    std::vector<bool> wanted(std::size_t(map.size()));
    for (const AlignedPart& part : parts)
      for (std::int64_t i = 0; i < part.bases.size(); ++i)
        wanted[std::size_t(part.offset + i)] = covered[std::size_t(part.bases.start + i)];
    if (strand == Strand::minus) std::reverse(wanted.begin(), wanted.end());
    EXPECT_EQ(map.locate(stretches(covered)), stretches(wanted));
  }
}

}  // namespace
}  // namespace iresweep::test
