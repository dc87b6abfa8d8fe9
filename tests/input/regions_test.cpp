// Regions as users write them, and the stretches that are read for them.
#include "host/input/genome/regions.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "host/input/fasta_source.h"
#include "host/input/genome/region_source.h"
#include "iresweep/error.h"
#include "tests/input/read_fasta.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

using Found = std::vector<Region>;

std::string bases(std::size_t count, std::size_t seed) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "ACGTN"[(i * 7 + i / 5 + seed) % (i % 50 == 0 ? 5 : 4)];
  return text;
}

std::string folded(const std::string& text, std::size_t width, const char* line_end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += width) out += text.substr(i, width) + line_end;
  return out;
}

/// Contigs of 5000, 300000, 1000 and 100 bases; two names could be regions.
class RegionsTest : public testing::Test {
 protected:
  const std::vector<std::string> names_{"chr1", "chr2", "HLA-A*01:01", "HLA-A*01"};
  const std::vector<std::string> bases_{bases(5000, 1), bases(300000, 2), bases(1000, 3), bases(100, 4)};
  std::string fasta(const char* line_end) const {
    std::string text;
    for (std::size_t i = 0; i < names_.size(); ++i)
      text += ">" + names_[i] + " described" + line_end + folded(bases_[i], 61, line_end);
    return text;
  }
  const TemporaryFolder folder_;
  const std::string path_ = folder_.write("genome.fa", fasta("\n"));

  Found parse(const std::string& text) const { return parse_regions(text, Genome({path_}, "").names()).regions; }
  std::string fault(const std::string& text) const {
    try {
      parse(text);
    } catch (const Error& error) {
      return error.what_failed;
    }
    return "none";
  }
  Found read(const std::string& bed) const {
    return read_regions(folder_.write("r.bed", bed), Genome({path_}, "").names()).regions;
  }
};

TEST_F(RegionsTest, ReadAsSamtoolsWritesThem) {
  EXPECT_EQ(parse("chr1"), (Found{{0, {0, 5000}}}));
  EXPECT_EQ(parse("chr1:11-20"), (Found{{0, {10, 20}}}));
  EXPECT_EQ(parse("chr1:1,000-2,000,chr2"), (Found{{0, {999, 2000}}, {1, {0, 300000}}}));
  EXPECT_EQ(parse("chr2:100,000,chr1:5"), (Found{{1, {99999, 300000}}, {0, {4, 5000}}}));
  EXPECT_EQ(parse("chr2:1-123,456,chr2:7-"), (Found{{1, {0, 123456}}, {1, {6, 300000}}}));
  EXPECT_EQ(parse("chr1:-20"), (Found{{0, {0, 20}}}));
  EXPECT_EQ(parse("HLA-A*01:01:5-9"), (Found{{2, {4, 9}}}));
  EXPECT_EQ(parse("{HLA-A*01:01},{HLA-A*01}:2-3"), (Found{{2, {0, 1000}}, {3, {1, 3}}}));
}

TEST_F(RegionsTest, WhatIsNoneIsNamed) {
  EXPECT_NE(fault("chrX").find("no contig is called 'chrX'"), std::string::npos);
  EXPECT_NE(fault("chr1:20-10").find("reversed"), std::string::npos);
  EXPECT_NE(fault("chr1:0-10").find("before its contig"), std::string::npos);
  EXPECT_NE(fault("HLA-A*01:01").find("a contig and a region"), std::string::npos);
  for (const char* text : {"", "chr1,", "chr1:", "chr1:a-b", "chr1:1-2-3", "{chr1", "{chr1}x:1-2", "chr1:--5"})
    EXPECT_NE(fault(text), "none") << text;
}

TEST_F(RegionsTest, PastTheEndIsCutAndSaid) {
  const auto cut = parse_regions("chr1:4,990-6000,chr1:5001-6000", Genome({path_}, "").names());
  EXPECT_EQ(cut.regions, (Found{{0, {4989, 5000}}}));
  ASSERT_EQ(cut.notes.size(), 2u);
  EXPECT_NE(cut.notes[0].find("cut there"), std::string::npos);
  EXPECT_NE(cut.notes[1].find("left out"), std::string::npos);
}

TEST_F(RegionsTest, BedFilesCountFromZero) {
  EXPECT_EQ(read("track name=x\nbrowser position\n# no\n\nchr1\t10\t20\tname\nchr2\t0\t5\r\n"),
            (Found{{0, {10, 20}}, {1, {0, 5}}}));
  for (const char* bed :
       {"chr1\t-5\t10\n", "chr1\t20\t10\n", "chr1\t5\t5\n", "chr1 1 2\n", "chr1\t1\n", "chr1\tx\t2\n"})
    EXPECT_THROW(read(bed), Error) << bed;
  try {
    read("chr1\t10\t20\nchrX\t10\t20\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.where.find("r.bed, line 2"), std::string::npos) << error.where;
  }
}

TEST_F(RegionsTest, ThoseThatOverlapAreMerged) {
  EXPECT_EQ(merge_regions({{1, {5, 9}}, {0, {50, 60}}, {0, {10, 20}}, {0, {19, 30}}, {0, {12, 15}}, {0, {30, 40}}}),
            (Found{{0, {10, 30}}, {0, {30, 40}}, {0, {50, 60}}, {1, {5, 9}}}));
}

TEST_F(RegionsTest, ReadWhatTheFastaReaderReads) {
  const std::string packed_path = folder_.path("packed.fa.gz");
  packed(fasta("\n"), Packing::bgzip, packed_path);
  for (const std::string& path : {path_, packed_path, folder_.write("crlf.fa", fasta("\r\n"))}) {
    auto genome = std::make_unique<Genome>(std::vector{path}, "");
    EXPECT_EQ(genome->notes().size(), 1u);
    const Found regions{{0, {0, 5000}}, {0, {61, 122}}, {1, {60, 299999}}, {2, {999, 1000}}};
    RegionSource source(std::move(genome), regions);
    for (std::size_t i = 0; i < regions.size(); ++i) {
      std::string read;
      std::optional<Piece> piece;
      do {
        piece = source.next();
        ASSERT_TRUE(piece);
        EXPECT_EQ(piece->record->index, i);
        for (const BaseCode code : piece->codes) read += "ACGTN"[code];
      } while (!piece->last);
      const auto& [contig, stretch] = regions[i];
      EXPECT_EQ(read, bases_[contig].substr(std::size_t(stretch.start), std::size_t(stretch.size()))) << path << i;
      EXPECT_EQ(piece->record->map.has_value(), i > 0) << "a whole contig is itself";
    }
    EXPECT_FALSE(source.next());
    EXPECT_EQ(Genome({path}, "").notes().size(), 0u) << "the index is there now";
  }
}

TEST_F(RegionsTest, AnIndexThatIsOldOrNoneIsMadeAnew) {
  ASSERT_EQ(Genome({path_}, "").notes().size(), 1u);
  std::filesystem::last_write_time(path_ + ".fai", std::filesystem::last_write_time(path_) - std::chrono::seconds(9));
  auto notes = Genome({path_}, "").notes();
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("newer than its index"), std::string::npos) << notes[0];
  for (const char* text : {"garbage\n", "chr1\t5000\t16\t61\n", "", "r\t9\t9\t9\t10\t9\n", "c\t5\t3\t0\t0\n",
                           "chr1\t5000\t16\t1\t1099511627776\n", "chr1\t9223372036854775807\t16\t61\t62\n"}) {
    folder_.write("genome.fa.fai", text);
    EXPECT_EQ(Genome({path_}, "").notes().size(), 1u) << text;
  }
}

TEST_F(RegionsTest, AnIndexOfAnotherFileIsNoticed) {
  for (const char* line : {"chr1\t5000\t17\t61\t62\n", "chr1\t4999\t16\t61\t62\n", "chr1\t5001\t16\t61\t62\n",
                           "chr1\t5000\t16\t60\t61\n", "chrA\t5000\t16\t61\t62\n", "chr1\t999999999\t16\t61\t62\n"}) {
    folder_.write("genome.fa.fai", line);
    Genome genome({path_}, "");
    std::vector<BaseCode> codes;
    EXPECT_THROW(genome.read(0, {100, 300}, codes), Error) << line;
  }
}

TEST_F(RegionsTest, TheIndexGoesToTheCacheWhereTheFolderCannotBeWritten) {
  namespace fs = std::filesystem;
  const auto inside = folder_.path("read-only");
  fs::create_directory(inside);
  fs::copy_file(path_, inside + "/g.fa");
  fs::permissions(inside, fs::perms(0555));
  // Root may write everywhere: for this test it is somebody else.
  fs::permissions(folder_.path(""), fs::perms::all);
  const uid_t user = getuid(), somebody = user == 0 ? 65534 : user;
  ASSERT_EQ(setresuid(somebody, somebody, user), 0);
  const std::string cache = folder_.path("cache");
  setenv("IRESWEEP_CACHE", cache.c_str(), 1);
  EXPECT_EQ(Genome({inside + "/g.fa"}, "").notes().size(), 1u);
  EXPECT_EQ(Genome({inside + "/g.fa"}, "").notes().size(), 0u);
  unsetenv("IRESWEEP_CACHE");
  ASSERT_EQ(setresuid(user, user, user), 0);
  fs::permissions(inside, fs::perms::owner_all);
}

TEST_F(RegionsTest, WhatCannotBeIndexedIsNamed) {
  const auto fault_of = [&](const std::string& path) -> std::string {
    try {
      Genome({path}, "");
    } catch (const Error& error) {
      return error.what_failed;
    }
    return "none";
  };
  const std::string zipped = folder_.path("zipped.fa.gz");
  packed(fasta("\n"), Packing::gzip, zipped);
  EXPECT_NE(fault_of(zipped).find("plain gzip"), std::string::npos);
  EXPECT_NE(fault_of("-").find("standard input"), std::string::npos);
  EXPECT_NE(fault_of(folder_.write("ragged.fa", ">a\nAC\nACGT\nAC\n")).find("one length"), std::string::npos);
  EXPECT_NE(fault_of(folder_.write("x.fq", "@r\nACGT\n+\nIIII\n")).find("FASTQ"), std::string::npos);
  EXPECT_NE(fault_of(folder_.write("empty.fa", "")).find("no record"), std::string::npos);
  EXPECT_THROW(Genome({path_, path_}, ""), Error) << "two contigs of one name";
}

}  // namespace
}  // namespace iresweep::test
