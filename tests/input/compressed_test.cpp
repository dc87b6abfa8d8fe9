// Compressed input: read whole or refused, nothing silently lost.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/input/read_fasta.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

std::string random_fasta(int records, int length) {
  Random random(3);
  std::string text;
  for (int record = 0; record < records; ++record) {
    text += ">r" + std::to_string(record) + "\n";
    for (int i = 0; i < length; ++i) text += "ACGTN"[random.below(5)];
    text += "\n";
  }
  return text;
}

class Compressed : public testing::TestWithParam<int> {
 protected:
  Compressed() { options_.threads = GetParam(); }
  std::string pack(const std::string& text, Packing packing) { return packed(text, packing, folder_.path("scratch")); }
  Error fault(const std::string& bytes) { return fasta_error({folder_.write("a.fa.gz", bytes)}, options_); }
  ReadFasta read(const std::string& name, const std::string& bytes) {
    return read_fasta({folder_.write(name, bytes)}, options_);
  }
  TemporaryFolder folder_;
  FastaOptions options_;
};

TEST_P(Compressed, ReadsByContentAndNotByName) {
  const std::string text = random_fasta(50, 7000), gzip = pack(text, Packing::gzip), bgzip = pack(text, Packing::bgzip);
  const auto plain = read("plain.fa.gz", text);
  ASSERT_EQ(plain.records.size(), 50u);
  for (const auto& [name, bytes] : {std::pair{"a.fa", gzip}, {"b.fa", bgzip}, {"c.fa.gz", gzip}, {"d.fa.gz", bgzip}}) {
    const auto other = read(name, bytes);
    EXPECT_EQ(other.records, plain.records) << name;
    EXPECT_EQ(other.facts[0].checksum, plain.facts[0].checksum) << name;
    EXPECT_EQ(other.facts[0].bytes, text.size()) << name;
    EXPECT_EQ(other.facts[0].file_size, bytes.size()) << name;
    EXPECT_LE(other.facts[0].file_read, bytes.size()) << name;
    EXPECT_GT(other.facts[0].file_read, bytes.size() - 100) << name;
  }
}

TEST_P(Compressed, ReadsMembersOneAfterTheOther) {
  const std::string one = ">a\nAC", two = "GT\n>b\nGG\n";
  const std::vector<ReadRecord> both{{"a", "ACGT"}, {"b", "GG"}};
  EXPECT_EQ(read("a", pack(one, Packing::gzip) + pack(two, Packing::gzip)).records, both);
  EXPECT_EQ(read("a", pack(one, Packing::bgzip) + pack(two, Packing::bgzip)).records, both);
  EXPECT_EQ(read("a", pack(one, Packing::gzip) + pack(two, Packing::bgzip)).records, both);
}

TEST_P(Compressed, RefusesFilesWithoutARecord) {
  EXPECT_EQ(fault(pack("", Packing::gzip)).what_failed, "the file holds no record");
  EXPECT_EQ(fault(pack("\n", Packing::bgzip)).what_failed, "the file holds no record");
}

TEST_P(Compressed, NoticesEveryCut) {
  for (const Packing packing : {Packing::gzip, Packing::bgzip}) {
    const std::string whole = pack(random_fasta(3, 200), packing);
    for (std::size_t length = 0; length < whole.size(); ++length)
      ASSERT_NE(fault(whole.substr(0, length)).what_failed, "") << length << " of " << whole.size() << " bytes";
  }
}

TEST_P(Compressed, NoticesACutOfALongFile) {
  for (const Packing packing : {Packing::gzip, Packing::bgzip}) {
    const std::string whole = pack(random_fasta(40, 9000), packing);
    for (int cut = 1; cut < 20; ++cut)
      ASSERT_NE(fault(whole.substr(0, whole.size() * std::size_t(cut) / 20)).what_failed, "") << cut << " twentieths";
  }
}

TEST_P(Compressed, NoticesEveryDamagedBit) {
  const std::string text = random_fasta(3, 100);
  for (const Packing packing : {Packing::gzip, Packing::bgzip}) {
    const std::string whole = pack(text, packing);
    const std::vector<ReadRecord> records = read("a", whole).records;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string damaged = whole;
      damaged[at] = char(damaged[at] ^ 0x10);
      const std::string path = folder_.write("damaged", damaged);
      // Time, system and the like in a gzip header may change without harm: then the records are the same.
      if (fasta_error({path}, options_).what_failed.empty()) {
        ASSERT_EQ(read_fasta({path}, options_).records, records) << "byte " << at;
      }
    }
  }
}

TEST_P(Compressed, SaysWhatIsWrong) {
  const std::string bgzip = pack(">a\nACGT\n", Packing::bgzip), gzip = pack(">a\nACGT\n", Packing::gzip);
  const Error unmarked = fault(bgzip.substr(0, bgzip.size() - 28));
  EXPECT_EQ(unmarked.what_failed, "the bgzip data end without their end mark: the file is probably cut short");
  EXPECT_EQ(unmarked.where, folder_.path("a.fa.gz") + ", record 'a', line 3");
  EXPECT_NE(unmarked.hint.find("bgzip -dc"), std::string::npos);
  EXPECT_EQ(fault(gzip.substr(0, gzip.size() - 1)).what_failed, "the compressed data break off: the file is cut short");
  EXPECT_EQ(fault(gzip + "no gzip at all").what_failed,
            "the compressed data are damaged, or something else follows them");
  EXPECT_NE(fault(bgzip + "no bgzip, but longer than a header of it").what_failed, "");
}

TEST_P(Compressed, KeepsHtslibSilent) {
  const std::string bgzip = pack(random_fasta(3, 200), Packing::bgzip);
  testing::internal::CaptureStderr();
  fault(bgzip.substr(0, bgzip.size() - 28));
  fault(bgzip.substr(0, bgzip.size() / 2));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_P(Compressed, CanBeLeftBeforeTheEnd) {
  const std::string path = folder_.write("a.fa.gz", pack(random_fasta(60, 20000), Packing::bgzip));
  const auto source = open_fasta({path}, options_);
  EXPECT_TRUE(source->next());
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

TEST_P(Compressed, ClosesWhatItOpens) {
  const std::string text = random_fasta(60, 20000), bgzip = pack(text, Packing::bgzip);
  const std::string whole = folder_.write("whole", bgzip), cut = folder_.write("cut", bgzip.substr(0, 9000));
  const auto before = open_descriptors();
  for (const std::string& path : {whole, cut, folder_.write("plain", text), std::string("/proc/self/mem")}) {
    fasta_error({path}, options_);
    (void)open_fasta({path}, options_);
  }
  EXPECT_TRUE(open_fasta({whole}, options_)->next());
  EXPECT_EQ(open_descriptors(), before);
}

INSTANTIATE_TEST_SUITE_P(Threads, Compressed, testing::Values(1, 3));

// What another program writes into a pipe or a socket.
TEST(Streams, ReadsANamedPipe) {
  const TemporaryFolder folder;
  const std::string pipe = folder.path("pipe"), text = random_fasta(5, 100000);
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << text; });
  const auto read = read_fasta({pipe});
  writer.join();
  EXPECT_EQ(read.records.size(), 5u);
  EXPECT_EQ(read.facts[0].bytes, text.size());
  EXPECT_EQ(read.facts[0].file_size, 0u);
}

// Puts `descriptor` in the place of standard input for as long as it lives.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(dup(0)) { dup2(descriptor, 0); }
  ~StandardInput() {
    dup2(saved_, 0);
    close(saved_);
  }

 private:
  int saved_;
};

TEST(Streams, NoticesAReadErrorInTheMiddle) {
  // A socket closed while unread data lie in it gives its peer what was written, then an error.
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const std::string text = ">a\n" + std::string(100000, 'A');
  ASSERT_EQ(write(ends[1], text.data(), text.size()), ssize_t(text.size()));
  ASSERT_EQ(write(ends[0], "unread", 6), 6);
  close(ends[1]);
  const StandardInput input(ends[0]);
  close(ends[0]);
  const Error error = fasta_error({"-"});
  EXPECT_EQ(error.what_failed, "reading failed: Connection reset by peer");
  EXPECT_TRUE(error.where.starts_with("standard input")) << error.where;
}

TEST(Streams, ReadsStandardInput) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], ">a\nAC\n", 6), 6);
  close(ends[1]);
  const StandardInput input(ends[0]);
  close(ends[0]);
  const auto read = read_fasta({"-"});
  EXPECT_EQ(read.records, (std::vector<ReadRecord>{{"a", "AC"}}));
  EXPECT_EQ(read.facts[0].path, "-");
}

}  // namespace
}  // namespace iresweep::test
