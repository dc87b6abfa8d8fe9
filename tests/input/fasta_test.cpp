// The grammar: what the FASTA input makes of every text that it takes.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/input/read_fasta.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

using Records = std::vector<ReadRecord>;

class Fasta : public testing::Test {
 protected:
  Records read(const std::string& text, const FastaOptions& options = {}) {
    return read_fasta({folder_.write("a.fa", text)}, options).records;
  }
  TemporaryFolder folder_;
};

TEST_F(Fasta, ReadsEveryLetterOfANucleotideFasta) {
  EXPECT_EQ(read(">a\nACGTUacgtu\nRYSWKMBDHVNX\nryswkmbdhvnx\n"),
            (Records{{"a", "ACGTTACGTTNNNNNNNNNNNNNNNNNNNNNNNN"}}));
}

TEST_F(Fasta, TakesUntidyLines) {
  const Records both{{"a", "ACGTAC"}, {"b", "GG"}};
  EXPECT_EQ(read(">a\nACGT\nAC\n>b\nGG\n"), both);
  EXPECT_EQ(read(">a\nACGT\nAC\n>b\nGG"), both) << "no final newline";
  EXPECT_EQ(read(">a\r\nACGT\r\nAC\r\n>b\r\nGG\r\n"), both) << "CRLF";
  EXPECT_EQ(read("\n \n\r\n>a\n\nACGT\n\n\nAC\n\n>b\n\nGG\n\n\n"), both) << "blank lines";
  EXPECT_EQ(read(">a\n  AC GT\t\n A C \n>b\nGG"), both) << "blanks";
  EXPECT_EQ(read("\xef\xbb\xbf>a\nACGTAC\n>b\nGG"), both) << "byte order mark";
}

TEST_F(Fasta, KeepsEmptyRecords) {
  EXPECT_EQ(read(">a\n>b\n\n>c\nA\n>d"), (Records{{"a", ""}, {"b", ""}, {"c", "A"}, {"d", ""}}));
  EXPECT_EQ(read(">a\n"), (Records{{"a", ""}}));
}

TEST_F(Fasta, CutsNamesAtTheFirstBlankAndNowhereElse) {
  EXPECT_EQ(
      read(">gi|1|ref|NC_1.1| a;b\nA\n>x\ty\nA\n>../../etc\r\nA\n>na\xc3\xafve\"'\x01\nA\n> \t c d\nA\n"),
      (Records{{"gi|1|ref|NC_1.1|", "A"}, {"x", "A"}, {"../../etc", "A"}, {"na\xc3\xafve\"'\x01", "A"}, {"c", "A"}}));
}

TEST_F(Fasta, CutsNamesFurtherWhereAsked) {
  FastaOptions options;
  options.name_until = "|";
  EXPECT_EQ(read(">ENST1|ENSG1 x|y\nA\n>|all\nA\n>none\nA\n", options),
            (Records{{"ENST1", "A"}, {"|all", "A"}, {"none", "A"}}));
}

TEST_F(Fasta, CallsNamelessRecordsByADot) {
  const auto read = read_fasta({folder_.write("a.fa", ">\nA\n>  \nC\n>n\nG\n")});
  EXPECT_EQ(read.records, (Records{{".", "A"}, {".", "C"}, {"n", "G"}}));
  EXPECT_EQ(read.facts[0].unnamed_records, 2u);
}

TEST_F(Fasta, KeepsDuplicateNamesApart) {
  EXPECT_EQ(read(">a\nA\n>a\nC\n>a\nG\n"), (Records{{"a", "A"}, {"a", "C"}, {"a", "G"}}));
}

TEST_F(Fasta, ReadsSeveralFilesAsOne) {
  const auto one = folder_.write("1.fa", ">a\nAC"), two = folder_.write("2.fa", ">b\nGNN\n>e\n");
  const auto read = read_fasta({one, two, one});
  EXPECT_EQ(read.records, (Records{{"a", "AC"}, {"b", "GNN"}, {"e", ""}, {"a", "AC"}}));
  ASSERT_EQ(read.facts.size(), 3u);
  EXPECT_EQ(read.facts[0].checksum, read.facts[2].checksum);
  const InputFacts& facts = read.facts[1];
  EXPECT_EQ(facts.path, two);
  EXPECT_EQ(facts.bytes, 10u);
  EXPECT_EQ(facts.file_size, 10u);
  EXPECT_EQ(facts.file_read, 10u);
  EXPECT_EQ(facts.records, 2u);
  EXPECT_EQ(facts.empty_records, 1u);
  EXPECT_EQ(facts.bases, 3u);
  EXPECT_EQ(facts.missing_bases, 2u);
}

TEST_F(Fasta, TellsTheChecksumOfTheText) {
  // Known from `xxhsum -H2`.
  EXPECT_EQ(read_fasta({folder_.write("a.fa", ">x\nA\n")}).facts[0].checksum, "8a78db6575e30d131d7e0162d08f30dc");
}

// A second parser, line by line, for texts without faults.
Records read_naively(const std::string& text) {
  Records records;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('>')) {
      std::istringstream words(line.substr(1));
      std::string name;
      words >> name;
      records.push_back({name.empty() ? "." : name, ""});
      continue;
    }
    for (const char letter : line) {
      const auto at = std::string("ACGTUacgtu").find(letter);
      if (letter != '\r' && letter != ' ') records.back().bases += at == std::string::npos ? 'N' : "ACGTTACGTT"[at];
    }
  }
  return records;
}

std::string random_text(Random& random) {
  static const std::vector<std::string> parts = {"A",   "c",     "gT",     "N",       "ry",
                                                 " ",   "\n",    "\n",     "\r\n",    "\n",
                                                 "\n>", "\n>n ", "\n>m\r", "\n> x y", "UUUUACGTACGTACGTACGTACGT"};
  std::string text = ">first\n";
  for (int part = random.below(60); part > 0; --part) text += parts[std::size_t(random.below(int(parts.size())))];
  return text;
}

// Letters next to a header or a carriage return within one would be another text than the two parsers agree on.
bool well_formed(const std::string& text) {
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 < text.size() && text[at + 1] != '\n') return false;
  return true;
}

TEST_F(Fasta, AgreesWithANaiveParserForEverySizeOfPiece) {
  Random random(5);
  for (int round = 0; round < 400; ++round) {
    const std::string text = random_text(random);
    if (!well_formed(text)) continue;
    for (const std::size_t piece : {1, 2, 17, 1000}) {
      FastaOptions options;
      options.piece_bases = piece;
      ASSERT_EQ(read(text, options), read_naively(text)) << text << "\npieces of " << piece;
    }
  }
}

TEST_F(Fasta, ReadsAlikeWhereverABlockEnds) {
  const std::string text = ">first one\r\nACGTNNACGTACGTACGTACGT\r\n\r\n>b\nRYAC GT\n>\n>c d\nuuu";
  const Records expected = read_naively(text);
  for (std::size_t before = 0; before <= text.size(); ++before)
    for (const char* lead : {"", "\xef\xbb\xbf"}) {
      const std::string filler(128 * 1024 - before - std::string(lead).size(), '\n');
      ASSERT_EQ(read(lead + filler + text), expected) << before << " bytes before the end of the first block";
    }
}

TEST_F(Fasta, CutsALongRecordIntoPiecesOfTheSizeAskedFor) {
  Random random(7);
  std::string bases;
  for (int i = 0; i < 300000; ++i) bases += "ACGT"[random.below(4)];
  FastaOptions options;
  options.piece_bases = 1000;
  const auto read = read_fasta({folder_.write("a.fa", ">long\n" + bases + "\n>next\nA\n")}, options);
  EXPECT_EQ(read.records, (Records{{"long", bases}, {"next", "A"}}));
  EXPECT_EQ(read.largest_piece, 1000u);
}

TEST_F(Fasta, ReadsHeadersLongerThanABlock) {
  const std::string name(300000, 'x');
  EXPECT_EQ(read(">" + name + " and more\nAC\n>b\nG\n"), (Records{{name, "AC"}, {"b", "G"}}));
}

}  // namespace
}  // namespace iresweep::test
