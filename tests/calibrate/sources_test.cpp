// Stretches without missing bases, and their shuffles.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

#include "host/calibrate/shuffled_source.h"
#include "host/calibrate/stretch_source.h"
#include "tests/support/fasta_text.h"
#include "tests/support/seeded_network.h"
#include "tests/support/text_source.h"

namespace iresweep {
namespace {

using test::TextSource;
using Codes = std::vector<BaseCode>;

std::vector<Piece> all_of(SequenceSource& source) {
  std::vector<Piece> pieces;
  while (auto piece = source.next()) {
    EXPECT_TRUE(piece->last);
    pieces.push_back(std::move(*piece));
  }
  EXPECT_FALSE(source.next().has_value());
  return pieces;
}

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST(StretchSource, CutsAtMissingBasesWhateverThePieces) {
  const std::string long_one = repeated("ACGT", 60), other = repeated("GGA", 60), tiny = "ACG";
  const std::vector<std::string> texts = {"N" + long_one + "NN" + tiny + "N" + other, "", tiny, "NNN", other + "N"};
  for (const std::size_t piece_bases : {1, 7, 100, 100'000}) {
    TextSource inner(texts, piece_bases);
    StretchSource source(inner);
    const auto pieces = all_of(source);
    ASSERT_EQ(pieces.size(), 3u);
    EXPECT_EQ(pieces[0].codes, test::encode(long_one));
    EXPECT_EQ(pieces[1].codes, test::encode(other));
    EXPECT_EQ(pieces[2].codes, test::encode(other));
    EXPECT_EQ(pieces[1].record->name, "r0");
    EXPECT_EQ(pieces[2].record->name, "r4");
    EXPECT_EQ(pieces[2].record->index, 2u);
    const StretchCounts& counts = source.counts();
    EXPECT_EQ(counts.stretches, 3u);
    EXPECT_EQ(counts.bases, 240u + 180u + 180u);
    EXPECT_EQ(counts.short_stretches, 2u);
    EXPECT_EQ(counts.short_bases, 6u);
    EXPECT_EQ(counts.missing_bases, 8u);
  }
}

TEST(StretchSource, CutsWhatIsTooLong) {
  test::Random random(4);
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ACGT"[random.below(4)];
  TextSource inner({text}, 64);
  StretchSource source(inner, 400);
  const auto pieces = all_of(source);
  ASSERT_EQ(pieces.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(pieces[i].codes, test::encode(text.substr(400 * i, 400)));
}

TEST(ShuffledSource, GivesEveryStretchAnewEachTime) {
  test::Random random(9);
  std::vector<std::string> texts(2);
  for (std::string& text : texts)
    for (int i = 0; i < 300; ++i) text += "ACGT"[random.below(4)];
  const auto shuffles = [&](std::uint64_t seed, std::uint64_t repeats) {
    TextSource inner(texts, 50);
    StretchSource stretches(inner);
    ShuffledSource source(stretches, seed, repeats);
    return all_of(source);
  };
  const auto pieces = shuffles(1, 3);
  ASSERT_EQ(pieces.size(), 6u);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].record->index, i);
    EXPECT_EQ(pieces[i].record->name, i < 3 ? "r0" : "r1");
    const Codes original = test::encode(texts[i / 3]);
    EXPECT_TRUE(std::is_permutation(original.begin(), original.end(), pieces[i].codes.begin()));
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(pieces[i].codes, pieces[j].codes) << i << " and " << j;
  }
  const auto again = shuffles(1, 3), other = shuffles(2, 3), more = shuffles(1, 4);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].codes, again[i].codes);
    EXPECT_NE(pieces[i].codes, other[i].codes);
  }
  EXPECT_EQ(pieces[2].codes, more[2].codes) << "a shuffle must not depend on how many there are";
}

}  // namespace
}  // namespace iresweep
