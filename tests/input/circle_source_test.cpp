// Records read round.
#include "host/input/circle_source.h"

#include <gtest/gtest.h>

#include "host/input/fasta_source.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

TEST(CircleSource, GoesOnWithTheFirstBases) {
  const TemporaryFolder folder;
  const std::string longer(400, 'C'), exact(173, 'G');
  const auto fasta = folder.write("c.fa", ">a\nACGTN\n>none\n>b\nA" + longer + "T\n>c\n" + exact + "\n>d\nT\n");
  for (const std::size_t piece_bases : {1u, 7u, 1000u}) {
    const auto source = read_round(open_fasta({fasta}, {.name_until = "", .piece_bases = piece_bases}));
    std::vector<std::string> read(1);
    while (const auto piece = source->next()) {
      EXPECT_TRUE(piece->record->circular);
      EXPECT_EQ(piece->record->index + 1, read.size());
      for (const BaseCode code : piece->codes) read.back() += "ACGTN"[code];
      if (piece->last) read.emplace_back();
    }
    ASSERT_EQ(read.size(), 6u);
    std::string round = "ACGTN";
    while (round.size() < 5 + 173) round += "ACGTN"[round.size() % 5];
    EXPECT_EQ(read[0], round);
    EXPECT_EQ(read[1], "") << "nothing to read round";
    EXPECT_EQ(read[2], "A" + longer + "TA" + longer.substr(0, 172));
    EXPECT_EQ(read[3], exact + exact);
    EXPECT_EQ(read[4], std::string(174, 'T'));
    EXPECT_EQ(source->facts().at(0).bases, 5u + 402 + 173 + 1);
  }
}

}  // namespace
}  // namespace iresweep::test
