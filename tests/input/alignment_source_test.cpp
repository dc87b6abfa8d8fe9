// Made reads as records: strand, bases, place, and what is skipped.
#include "host/input/alignments/alignment_source.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "iresweep/error.h"
#include "tests/input/made_reads.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

using Blocks = std::vector<Interval>;

struct ReadRecords {
  std::vector<std::shared_ptr<const Record>> records;
  std::vector<std::string> bases;
  std::map<std::string, std::uint64_t> skipped;
  InputFacts facts;
};

class AlignmentSourceTest : public testing::Test {
 protected:
  const TemporaryFolder folder_;
  const std::string contig_ = made_bases(10000, 1);
  const std::string genome_ = folder_.write("genome.fa", ">c\n" + contig_ + "\n>d\n" + made_bases(5000, 2) + "\n");

  std::string write(const std::vector<MadeRead>& reads) const { return folder_.write("reads.sam", made_sam(reads)); }
  /// Of the contig, under blocks.
  std::string under(const Blocks& blocks) const {
    std::string bases;
    for (const Interval& block : blocks) bases += contig_.substr(std::size_t(block.start), std::size_t(block.size()));
    return bases;
  }
  ReadRecords read(const std::vector<MadeRead>& reads, const ReadOptions& options = {}, bool genome = false) const {
    AlignmentSource source(AlignmentFile(write(reads), {}), options, {},
                           genome ? std::make_unique<Genome>(std::vector{genome_}, "") : nullptr);
    ReadRecords all;
    while (const auto piece = source.next()) {
      EXPECT_TRUE(piece->last);
      EXPECT_EQ(piece->record->index, all.records.size());
      EXPECT_EQ(piece->record->map->size(), std::int64_t(piece->codes.size()));
      all.records.push_back(piece->record);
      all.bases.emplace_back();
      for (const BaseCode code : piece->codes) all.bases.back() += "ACGTN"[code];
    }
    all.facts = source.facts().at(0);
    all.skipped = {all.facts.skipped.begin(), all.facts.skipped.end()};
    return all;
  }
  std::string fault(const std::vector<MadeRead>& reads, bool genome = false) const {
    try {
      read(reads, {}, genome);
    } catch (const Error& error) {
      return error.what_failed;
    }
    return "none";
  }
};

TEST_F(AlignmentSourceTest, AReadIsItsAlignedBasesInTheDirectionOfItsTranscript) {
  const std::string bases = made_bases(310, 7);
  const std::string aligned = bases.substr(5, 300);
  MadeRead plus{.name = "p", .position = 1000, .cigar = "5S100M10I90M500N100M5S", .bases = bases};
  MadeRead minus = plus;
  minus.name = "m", minus.flag = 16;
  const auto all = read({plus, minus});
  ASSERT_EQ(all.records.size(), 2u);
  EXPECT_EQ(all.bases[0], aligned);
  EXPECT_EQ(all.bases[1], reverse_complement(aligned));
  for (const auto& record : all.records) {
    EXPECT_EQ(record->map->contig(), "c");
    EXPECT_EQ(record->map->blocks(), (Blocks{{1000, 1190}, {1690, 1790}}));
  }
  EXPECT_EQ(all.records[0]->name, "p");
  EXPECT_EQ(all.records[0]->map->strand(), Strand::plus);
  EXPECT_EQ(all.records[1]->map->strand(), Strand::minus);
  EXPECT_EQ(all.facts.records, 2u);
  EXPECT_EQ(all.facts.bases, 600u);
}

// A window that is mostly an insertion has no place on the genome.
TEST_F(AlignmentSourceTest, TellsWhereWindowsHaveAPlace) {
  const MadeRead plus{.position = 1000, .cigar = "200M88I10M3D100M500N100M", .bases = made_bases(498, 7)};
  MadeRead minus = plus, few = plus;
  minus.flag = 16;
  few.cigar = "200M87I11M3D100M500N100M";
  const auto all = read({plus, minus, few});
  ASSERT_EQ(all.records.size(), 3u);
  ASSERT_TRUE(all.records[0]->scored_within);
  EXPECT_EQ(*all.records[0]->scored_within, (Blocks{{0, 200}, {288, 498}}));
  EXPECT_EQ(*all.records[1]->scored_within, (Blocks{{0, 210}, {298, 498}}));
  EXPECT_FALSE(all.records[2]->scored_within);
}

TEST_F(AlignmentSourceTest, TheBasesUnderAWindowsBlocksAreTheReads) {
  for (const int flag : {0, 16}) {
    const Blocks exons{{200, 300}, {400, 520}, {900, 1000}};
    const auto all = read({{.flag = flag, .position = 200, .cigar = "100M100N120=380N100M", .bases = under(exons)}});
    for (std::int64_t start = 0; start + kWindow <= 320; start += 7) {
      const std::string window = all.bases[0].substr(std::size_t(start), kWindow);
      const std::string genome = under(all.records[0]->map->project({start, start + kWindow}));
      EXPECT_EQ(flag ? reverse_complement(genome) : genome, window) << start;
    }
  }
}

TEST_F(AlignmentSourceTest, TheStrandComesFromTsThenXsThenTheFlag) {
  const std::string bases = made_bases(200, 3);
  const auto strand = [&](int flag, const std::string& tags, ReadDirection direction) {
    const auto all = read({{.flag = flag, .cigar = "200M", .bases = bases, .tags = tags}}, {.direction = direction});
    if (all.records.empty()) {
      EXPECT_EQ(all.skipped.at("of unknown strand"), 1u);
      return '?';
    }
    EXPECT_EQ(all.bases[0], all.records[0]->map->strand() == Strand::plus ? bases : reverse_complement(bases));
    return char(all.records[0]->map->strand());
  };
  using enum ReadDirection;
  EXPECT_EQ(strand(0, "ts:A:+", unknown), '+');
  EXPECT_EQ(strand(0, "ts:A:-", unknown), '-');
  EXPECT_EQ(strand(16, "ts:A:+", unknown), '-') << "ts is relative to the read";
  EXPECT_EQ(strand(16, "ts:A:-", unknown), '+');
  EXPECT_EQ(strand(0, "XS:A:-", unknown), '-');
  EXPECT_EQ(strand(16, "XS:A:+", unknown), '+') << "XS is not";
  EXPECT_EQ(strand(16, "XS:A:+\tts:A:+", unknown), '-') << "ts goes first";
  EXPECT_EQ(strand(16, "XS:A:+\tts:A:?", unknown), '+');
  EXPECT_EQ(strand(16, "ts:A:-", forward), '+') << "a tag goes before the flag";
  EXPECT_EQ(strand(0, "XS:i:43\tts:i:43", unknown), '?') << "other programs' tags";
  EXPECT_EQ(strand(0, "NM:i:0", unknown), '?');
  EXPECT_EQ(strand(0, "NM:i:0", forward), '+');
  EXPECT_EQ(strand(16, "NM:i:0", forward), '-');
  EXPECT_EQ(strand(0, "NM:i:0", reverse), '-');
  EXPECT_EQ(strand(16, "NM:i:0", reverse), '+');
  EXPECT_EQ(strand(1 | 64, "NM:i:0", forward), '+');
  EXPECT_EQ(strand(1 | 128, "NM:i:0", forward), '-') << "the second of a pair reads the other way";
  const auto both =
      read({{.flag = 16, .cigar = "200M", .bases = bases, .tags = "NM:i:0"}}, {.unknown_strand_too = true});
  ASSERT_EQ(both.records.size(), 1u);
  EXPECT_EQ(both.records[0]->map->strand(), Strand::plus);
  EXPECT_EQ(both.bases[0], bases);
}

TEST_F(AlignmentSourceTest, WithTheGenomesBasesDeletionsCountAndInsertionsDoNot) {
  const std::string bases = made_bases(215, 7);
  for (const int flag : {0, 16}) {
    const auto all = read({{.flag = flag, .position = 1000, .cigar = "5S100M10I3D50M500N50M", .bases = bases},
                           {.flag = flag, .position = 1000, .cigar = "100M3D50M500N50M", .bases = ""}},
                          {}, true);
    ASSERT_EQ(all.records.size(), 2u) << "the reads' own bases are not needed";
    for (const std::size_t i : {0, 1}) {
      const std::string expected = under({{1000, 1153}, {1653, 1703}});
      EXPECT_EQ(all.bases[i], flag ? reverse_complement(expected) : expected);
      EXPECT_EQ(all.records[i]->map->project({0, 203}), (Blocks{{1000, 1153}, {1653, 1703}}));
    }
  }
}

TEST_F(AlignmentSourceTest, SkipsAndCounts) {
  const std::string bases = made_bases(300, 3);
  const MadeRead good{.cigar = "300M", .bases = bases};
  const auto with = [&](auto change) {
    MadeRead read = good;
    change(read);
    return read;
  };
  const auto all =
      read({with([](MadeRead& r) { r.flag = 256; }), with([](MadeRead& r) { r.flag = 2048; }),
            with([](MadeRead& r) { r.flag = 1024; }), with([](MadeRead& r) { r.flag = 512; }),
            with([](MadeRead& r) { r.mapq = 9; }), with([](MadeRead& r) { r.bases = ""; }),
            with([](MadeRead& r) { r.cigar = "173M20I107S"; }), with([](MadeRead& r) { r.cigar = "1D300M"; }),
            with([](MadeRead& r) { r.tags = "XS:i:1"; }), with([](MadeRead& r) {
              r.name = "kept";
              r.mapq = 10;
              r.cigar = "174M126S";
            }),
            with([](MadeRead& r) { r.flag = 4, r.contig = "*", r.position = -1, r.cigar = ""; })},
           {.min_mapq = 10});
  ASSERT_EQ(all.records.size(), 1u);
  EXPECT_EQ(all.records[0]->name, "kept");
  const std::map<std::string, std::uint64_t> skipped{{"secondary or supplementary", 2},
                                                     {"flagged as duplicate or failed", 2},
                                                     {"of low mapping quality", 1},
                                                     {"stored without bases", 1},
                                                     {"with fewer than 174 aligned bases", 1},
                                                     {"whose alignment begins with a gap", 1},
                                                     {"of unknown strand", 1},
                                                     {"unmapped", 1}};
  EXPECT_EQ(all.skipped, skipped);
}

TEST_F(AlignmentSourceTest, MissingBasesAreMissing) {
  std::string bases = made_bases(200, 3);
  bases[3] = 'N', bases[5] = 'R', bases[7] = '=';
  const auto all = read({{.cigar = "200M", .bases = bases}});
  bases[5] = bases[7] = 'N';
  EXPECT_EQ(all.bases.at(0), bases);
  EXPECT_EQ(all.facts.missing_bases, 3u);
}

TEST_F(AlignmentSourceTest, WhatCannotBeIsAnError) {
  const std::string bases = made_bases(300, 3);
  const MadeRead here{.position = 500, .cigar = "300M", .bases = bases};
  MadeRead before = here, beyond = here, on_d = here;
  before.position = 499;
  beyond.position = 9701;
  on_d.contig = "d";
  EXPECT_NE(fault({here, before}).find("not sorted"), std::string::npos);
  EXPECT_NE(fault({on_d, here}).find("not sorted"), std::string::npos);
  EXPECT_EQ(fault({here, on_d, on_d}), "none");
  EXPECT_NE(fault({beyond}, true).find("past the end"), std::string::npos);
  MadeRead elsewhere = here;
  elsewhere.contig = "e";
  EXPECT_NE(fault({elsewhere}, true).find("reference lacks"), std::string::npos);
  EXPECT_THROW(AlignmentFile(folder_.write("no_contigs.sam", "@HD\tVN:1.6\nr\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n"), {}),
               Error);
  EXPECT_THROW(AlignmentFile(folder_.path("none.bam"), {}), Error);
}

TEST_F(AlignmentSourceTest, AnIndexThatCannotBeReadIsNamed) {
  AlignmentFile file(write({}), {});
  const auto place_of_fault = [&]() -> std::string {
    try {
      file.restrict_to({{0, {0, 100}}});
    } catch (const Error& error) {
      return error.where;
    }
    return "none";
  };
  EXPECT_EQ(place_of_fault(), file.path());
  const std::string index = folder_.write("reads.sam.csi", "garbage");
  EXPECT_EQ(place_of_fault(), index);
}

TEST_F(AlignmentSourceTest, AnotherAssemblyIsSaid) {
  folder_.write("genome.fa", ">c\n" + contig_.substr(1) + "\n");
  const AlignmentSource source(AlignmentFile(write({}), {}), {}, {},
                               std::make_unique<Genome>(std::vector{genome_}, ""));
  ASSERT_EQ(source.notes().size(), 2u) << "the index, and the length";
  EXPECT_NE(source.notes()[1].find("10000 bases"), std::string::npos) << source.notes()[1];
}

TEST(HoldsAlignments, GoesByTheContent) {
  const TemporaryFolder folder;
  EXPECT_TRUE(holds_alignments(folder.write("x.fa", made_sam({}))));
  EXPECT_FALSE(holds_alignments(folder.write("x.bam", ">r\nACGT\n")));
  EXPECT_FALSE(holds_alignments(folder.write("x.fq", "@r\nACGT\n+\nIIII\n")));
  EXPECT_FALSE(holds_alignments("-"));
}

}  // namespace
}  // namespace iresweep::test
