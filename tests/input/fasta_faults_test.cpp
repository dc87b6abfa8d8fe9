// Texts that are no nucleotide FASTA: one clear error each, with its place.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/input/read_fasta.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

class FastaFaults : public testing::Test {
 protected:
  Error fault(const std::string& text) { return fasta_error({path_ = folder_.write("bad.fa", text)}); }
  // The fault in `text` is called `what`, at `where` of the file; its hint contains `hint`.
  void expect(const std::string& text, const std::string& what, const std::string& where, const std::string& hint) {
    const Error error = fault(text);
    EXPECT_EQ(error.what_failed, what) << text;
    EXPECT_EQ(error.where, path_ + where) << text;
    EXPECT_NE(error.hint.find(hint), std::string::npos) << error.hint;
  }
  TemporaryFolder folder_;
  std::string path_;
};

TEST_F(FastaFaults, QuotesTheLetterAndItsPlace) {
  expect(">p\nMKV\nALE\n", "'L' stands in a sequence: is this protein?", ", record 'p', line 3", "nucleotide FASTA");
  expect(">p\nACG*\n", "'*' stands in a sequence: is this protein?", ", record 'p', line 2", "nucleotide FASTA");
  expect(">a\nAC\n\n>d x\r\nAC1\n", "'1' stands in a sequence", ", record 'd', line 5", "nucleotide FASTA");
  expect(">a\nAC--GT\n", "'-', a gap of an alignment, stands in a sequence", ", record 'a', line 2", "gaps");
  expect(">a\nAC.GT\n", "'.', a gap of an alignment, stands in a sequence", ", record 'a', line 2", "gaps");
  expect(">a\nAC>b\n", "'>' stands in a sequence", ", record 'a', line 2", "");
  expect(std::string(">a\nAC\0GT\n", 9), "'\\x00' stands in a sequence", ", record 'a', line 2", "");
  expect(">a\nAC\x01\n", "'\\x01' stands in a sequence", ", record 'a', line 2", "");
  expect(">a\nAC\xc3\xa9\n", "'\\xc3' stands in a sequence", ", record 'a', line 2", "");
}

TEST_F(FastaFaults, RefusesEveryOtherByteWhereverItStands) {
  const std::string good = "ACGTURYSWKMBDHVNXacgturyswkmbdhvnx \t\r\n";
  for (int byte = 0; byte < 256; ++byte)
    for (const std::size_t before : {0, 5, 15, 16, 40}) {
      const std::string text = ">a\nC" + std::string(before, 'A') + char(byte) + "ACG\n";
      EXPECT_EQ(fault(text).what_failed.empty(), good.find(char(byte)) != good.npos) << byte << " after " << before;
    }
}

TEST_F(FastaFaults, NamesTheFormatThatAFileReallyHas) {
  const std::string first = ", line 1";
  expect("@r1\nACGT\n+\nIIII\n", "this is FASTQ, no FASTA", first, "samtools fasta");
  expect("\n\n@r1\nACGT\n+\nIIII\n", "this is FASTQ, no FASTA", ", line 3", "seqtk seq -A");
  expect("@SQ\tSN:1\tLN:9\n", "this is SAM: alignments, no FASTA", first, "samtools fasta");
  expect("BAM\1", "this is BAM: alignments, no FASTA", first, "samtools fasta");
  expect("CRAM\3\1", "this is CRAM: alignments, no FASTA", first, "samtools fasta");
  expect("##fileformat=VCFv4.2\n", "this is VCF: variants, no FASTA", first, "FASTA");
  expect(
      "\xfd"
      "7zXZ",
      "this is compressed with xz", first, "xz -dc");
  expect("\xff\xfe>", "this is UTF-16 text", first, "iconv");
  expect("ACGT\n>a\nAC\n", "text stands before the first header: 'ACGT'", first, "'>'");
  expect("  ACGT\n>a\nAC\n", "text stands before the first header: 'ACGT'", first, "'>'");
  expect(std::string("\0\1\2", 3), "this is binary data, no FASTA", first, "the file");
  expect("chr1\t5\t9\n", "text stands before the first header: 'chr1\\t5\\t9'", first, "'>'");
  expect("; comment\n>a\nAC\n", "text stands before the first header: '; comment'", first, "'>'");
}

TEST_F(FastaFaults, RefusesOldMacLineEnds) {
  expect(">a\rACGT\r>b\rAC\r", "a carriage return stands within a header: are these old Mac line ends?", ", line 1",
         "tr");
}

TEST_F(FastaFaults, RefusesFilesWithoutARecord) {
  for (const char* text : {"", "\n", "\n\n \r\n", "\xef\xbb\xbf"}) expect(text, "the file holds no record", "", "'>'");
}

TEST_F(FastaFaults, RefusesAnEndlessHeader) {
  EXPECT_EQ(fault(">" + std::string(17 << 20, 'x')).what_failed, "a header line does not end within 16 MiB");
}

TEST_F(FastaFaults, ShortensAndEscapesNamesInMessages) {
  const Error error = fault(">" + std::string(70000, 'x') + "\n!\n");
  EXPECT_EQ(error.where, path_ + ", record '" + std::string(60, 'x') + "...', line 2");
  EXPECT_EQ(fault(">a\x1b[0m\n!\n").where, path_ + ", record 'a\\x1b[0m', line 2");
}

TEST_F(FastaFaults, LooksAtAllFilesBeforeItReadsOne) {
  const std::string good = folder_.write("good.fa", ">a\nA\n"), missing = folder_.path("missing.fa");
  EXPECT_EQ(fasta_error({good, missing}).what_failed, "cannot open the file: No such file or directory");
  EXPECT_THROW(open_fasta({good, missing}), Error);
  EXPECT_THROW(open_fasta({}), Error);
  EXPECT_EQ(fasta_error({folder_.path("")}).what_failed, "cannot open the file: Is a directory");
  if (geteuid() == 0) return;  // root may read everything
  chmod(good.c_str(), 0);
  EXPECT_EQ(fasta_error({good}).what_failed, "cannot open the file: Permission denied");
}

TEST_F(FastaFaults, NeverTakesANameForAnAddress) {
  for (const char* name : {"http://localhost/a.fa", "data:,>a%0aA"})
    EXPECT_EQ(fasta_error({name}).what_failed, "cannot open the file: No such file or directory");
}

TEST_F(FastaFaults, ReportsAReadThatFails) {
  // The first page of a process's own memory is never mapped: reading it fails.
  EXPECT_EQ(fasta_error({"/proc/self/mem"}).what_failed, "cannot read the file: Input/output error");
}

}  // namespace
}  // namespace iresweep::test
