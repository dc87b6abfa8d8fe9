// Dinucleotide shuffles: counts kept to the last one, and every arrangement equally likely.
#include "host/calibrate/euler_shuffle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "tests/support/fasta_text.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

using Codes = std::vector<BaseCode>;
using Counts = std::array<std::array<int, 4>, 4>;

Counts dinucleotides(const Codes& codes) {
  Counts counts{};
  for (std::size_t i = 0; i + 1 < codes.size(); ++i) ++counts[codes[i]][codes[i + 1]];
  return counts;
}

Codes shuffled(Codes codes, std::uint64_t seed) {
  Random random(seed);
  shuffle_dinucleotides(codes, random);
  return codes;
}

std::string text_of(const Codes& codes) {
  std::string text;
  for (const BaseCode code : codes) text += "ACGT"[code];
  return text;
}

/// All orders with the same dinucleotides and first base, found by trying everything.
void collect(Codes& walk, Counts& left, std::size_t length, std::set<std::string>& found) {
  if (walk.size() == length) {
    found.insert(text_of(walk));
    return;
  }
  for (BaseCode next = 0; next < 4; ++next) {
    int& count = left[walk.back()][next];
    if (count == 0) continue;
    --count;
    walk.push_back(next);
    collect(walk, left, length, found);
    walk.pop_back();
    ++count;
  }
}

std::set<std::string> arrangements(const Codes& codes) {
  std::set<std::string> found;
  Codes walk{codes.front()};
  Counts left = dinucleotides(codes);
  collect(walk, left, codes.size(), found);
  return found;
}

TEST(EulerShuffle, KeepsDinucleotidesAndEndsOfRandomSequences) {
  test::Random random(1);
  for (int trial = 0; trial < 400; ++trial) {
    Codes codes = test::random_codes(random, 1 + random.below(400));
    if (trial % 4 == 0)  // two letters only
      for (BaseCode& code : codes) code = code < 2 ? 1 : 2;
    const Codes result = shuffled(codes, std::uint64_t(trial));
    ASSERT_EQ(result.size(), codes.size());
    EXPECT_EQ(dinucleotides(result), dinucleotides(codes));
    EXPECT_EQ(result.front(), codes.front());
    EXPECT_EQ(result.back(), codes.back());
  }
}

TEST(EulerShuffle, LeavesWhatHasOneArrangementOnly) {
  for (const char* text : {"", "A", "G", "AC", "TT", "AAAAAAAAAA", "ACGT", "AACCGGTT", "ACACACAC"}) {
    const Codes codes = test::encode(text);
    for (std::uint64_t seed = 0; seed < 20; ++seed) EXPECT_EQ(shuffled(codes, seed), codes) << text;
  }
}

TEST(EulerShuffle, EndsOnSequencesThatHardlyEverLeaveABase) {
  // Drawing last edges at random would need about 10^15 trials here.
  Codes codes;
  for (BaseCode base = 0; base < 4; ++base) codes.insert(codes.end(), 100'000, base);
  EXPECT_EQ(shuffled(codes, 7), codes);
  EXPECT_EQ(dinucleotides(shuffled(Codes(kMostShuffled, 2), 7))[2][2], int(kMostShuffled) - 1);
}

TEST(EulerShuffle, DoesShuffle) {
  test::Random random(3);
  const Codes codes = test::random_codes(random, 300);
  const Codes result = shuffled(codes, 1);
  int same = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) same += codes[i] == result[i];
  EXPECT_LT(same, 150) << "300 bases of four kinds agree by chance in about 75";
  EXPECT_EQ(result, shuffled(codes, 1));
  EXPECT_NE(result, shuffled(codes, 2));
}

TEST(EulerShuffle, EveryArrangementIsEquallyLikely) {
  // First and last base equal, different, rare exits, one base absent, repeats.
  for (const char* text :
       {"ACATGACTA", "ACGTTCAGGA", "AACAGATC", "CCCATCCG", "GTGGTTGTG", "ACTGACTGAAT", "TATTTTTAC"}) {
    const Codes codes = test::encode(text);
    const std::set<std::string> all = arrangements(codes);
    ASSERT_GT(all.size(), 2u) << text;
    constexpr int kDrawsEach = 2000;
    std::map<std::string, int> drawn;
    Random random(17);
    for (std::size_t i = 0; i < kDrawsEach * all.size(); ++i) {
      Codes copy = codes;
      shuffle_dinucleotides(copy, random);
      ++drawn[text_of(copy)];
    }
    EXPECT_EQ(drawn.size(), all.size()) << text;
    double chi_square = 0;
    for (const auto& [walk, count] : drawn) {
      EXPECT_TRUE(all.contains(walk));
      chi_square += std::pow(count - kDrawsEach, 2) / kDrawsEach;
    }
    // Wilson and Hilferty's approximation of the 99.99% point.
    const double freedom = double(all.size() - 1), spread = 2 / (9 * freedom);
    const double limit = freedom * std::pow(1 - spread + 3.719 * std::sqrt(spread), 3);
    EXPECT_TRUE(chi_square <= limit) << text << ": " << chi_square << " > " << limit << " for " << all.size();
  }
}

TEST(Random, BelowIsEvenAndInBounds) {
  Random random(5);
  for (const std::uint32_t end : {1u, 2u, 3u, 10u, 4'000'000'000u}) {
    std::array<int, 10> tenths{};
    for (int i = 0; i < 20'000; ++i) {
      const std::uint32_t draw = random.below(end);
      ASSERT_LT(draw, end);
      ASSERT_LT(random.below_large(end), end);
      ++tenths[std::size_t(std::uint64_t(draw) * 10 / end)];
    }
    if (end < 10) continue;
    for (const int count : tenths) EXPECT_NEAR(count, 2000, 250);
  }
}

}  // namespace
}  // namespace iresweep
