// Rows of BED as records: blocks, thick part, strand, and what is no row.
#include "host/input/genome/bed_source.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "iresweep/error.h"
#include "tests/support/fasta_text.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

const std::string kBases = "ACGTTGCAACGGTTTACGACNNACGTACGTTTGGCCAAAT";

class BedSourceTest : public testing::Test {
 protected:
  struct Row {
    std::shared_ptr<const Record> record;
    std::vector<BaseCode> codes;
  };

  std::vector<Row> rows(const std::string& bed, RowPart part = RowPart::thick) {
    const std::string fasta = folder_.write("x.fa", ">one\n" + kBases + "\n>two\n" + kBases.substr(0, 10) + "\n");
    BedSource source(std::make_unique<Genome>(std::vector{fasta}, ""), folder_.write("x.bed", bed), part);
    std::vector<Row> found;
    while (const auto piece = source.next()) {
      if (found.empty() || found.back().record != piece->record) found.push_back({piece->record, {}});
      found.back().codes.insert(found.back().codes.end(), piece->codes.begin(), piece->codes.end());
    }
    EXPECT_EQ(source.contigs().size(), 2u);
    EXPECT_EQ(source.facts().size(), 2u);
    return found;
  }

  std::string fault(const std::string& bed) {
    try {
      rows("one\t0\t5\n" + bed);
    } catch (const Error& error) {
      EXPECT_NE(error.where.find("x.bed, line 2"), std::string::npos) << error.where;
      EXPECT_FALSE(error.hint.empty());
      return error.what_failed;
    }
    ADD_FAILURE() << "accepted: " << bed;
    return "";
  }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(BedSourceTest, PlainRowsAreStretches) {
  const auto found = rows("#chrom\tstart\nbrowser hide all\none\t2\t8\r\n\ntwo\t0\t10\tname\t0\t-\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].record->name, "one:3-8");
  EXPECT_EQ(found[0].record->map->contig(), "one");
  EXPECT_EQ(found[0].codes, test::encode("GTTGCA"));
  EXPECT_EQ(found[1].record->name, "name");
  EXPECT_EQ(found[1].record->index, 1u);
  EXPECT_EQ(found[1].record->map->strand(), Strand::minus);
  EXPECT_EQ(found[1].codes, test::encode("GTTGCAACGT"));
}

TEST_F(BedSourceTest, OfAHitTheThickPartCounts) {
  const auto found = rows(
      "one\t0\t30\thit\t999\t+\t4\t12\t0,0,0\t0.999372\t1e-3\t3\t4\t12\t0\t.\t.\t.\n"
      "one\t0\t40\tspliced\t999\t-\t8\t34\t0,0,0\t3\t10,4,20,\t0,12,20,\t0.9\n"
      "one\t0\t10\tempty\t0\t+\t0\t0\n");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].record->map->blocks(), (std::vector<Interval>{{4, 12}}));
  EXPECT_EQ(found[0].codes, test::encode(kBases.substr(4, 8)));
  EXPECT_EQ(found[1].record->map->blocks(), (std::vector<Interval>{{8, 10}, {12, 16}, {20, 34}}));
  EXPECT_EQ(found[1].codes.size(), 20u);
  EXPECT_EQ(found[1].codes.back(), complement(test::encode(kBases)[8]));
  EXPECT_EQ(found[2].codes.size(), 10u);
}

TEST_F(BedSourceTest, TheWholeRowWhereThatIsAskedFor) {
  const auto found = rows("one\t0\t40\tspliced\t999\t-\t8\t34\t0,0,0\t3\t10,4,20,\t0,12,20,\t0.9\n", RowPart::whole);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].record->map->blocks(), (std::vector<Interval>{{0, 10}, {12, 16}, {20, 40}}));
  EXPECT_EQ(found[0].codes.size(), 34u);
}

TEST_F(BedSourceTest, FaultsNameTheLine) {
  EXPECT_NE(fault("three\t0\t5\n").find("three"), std::string::npos);
  EXPECT_NE(fault("one\t0\t41\n").find("40"), std::string::npos);
  fault("one\t5\t5\n");
  fault("one\t-1\t5\n");
  fault("one\t0\n");
  fault("one 0 5\n");
  fault("one\t0\tx\n");
  fault("one\t0\t5\tn\t0\t*\n");
  fault("one\t0\t5\tn\t0\t+\t1\tx\n");
  fault("one\t0\t9\tn\t0\t+\t0\t9\t0\t2\t4,\t0,5\n");
  fault("one\t0\t9\tn\t0\t+\t0\t9\t0\t2\t4,4\t0,3\n");
  fault("one\t0\t9\tn\t0\t+\t0\t9\t0\t1\t12\t0\n");
}

}  // namespace
}  // namespace iresweep
