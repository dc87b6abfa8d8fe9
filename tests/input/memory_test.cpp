// Memory does not grow with a record, nor with the number of records.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <stdexcept>
#include <thread>

#include "host/input/fasta_source.h"
#include "tests/support/address_sanitizer.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

constexpr bool kKeepsFreedMemory = IRESWEEP_ADDRESS_SANITIZER;

struct Pass {
  std::uint64_t pieces = 0, bases = 0;
  long grown_kilobytes = 0;  ///< of the program's peak
};

long peak_kilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// Reads what `write` writes into a named pipe: nowhere does the whole text lie.
Pass read_while_written(const std::function<void(std::ostream&)>& write) {
  const TemporaryFolder folder;
  const std::string path = folder.path("pipe");
  if (mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("cannot make " + path);
  Pass pass;
  const long before = peak_kilobytes();
  std::thread writer([&] {
    std::ofstream out(path, std::ios::binary);
    write(out);
  });
  const auto source = open_fasta({path});
  while (const auto piece = source->next()) {
    ++pass.pieces;
    pass.bases += piece->codes.size();
  }
  writer.join();
  pass.grown_kilobytes = peak_kilobytes() - before;
  return pass;
}

TEST(Memory, DoesNotGrowWithARecordOnOneLine) {
  const std::string block(1 << 20, 'G');
  const Pass pass = read_while_written([&](std::ostream& out) {
    out << ">long\n";
    for (int i = 0; i < 16; ++i) out << block;
  });
  EXPECT_EQ(pass.bases, 16u << 20);
  EXPECT_EQ(pass.pieces, (16u << 20) / FastaOptions{}.piece_bases);
  EXPECT_TRUE(kKeepsFreedMemory || pass.grown_kilobytes < 8 * 1024) << pass.grown_kilobytes;
}

TEST(Memory, DoesNotGrowWithTheNumberOfRecords) {
  const Pass pass = read_while_written([](std::ostream& out) {
    for (int i = 0; i < 150000; ++i) out << ">a_record_with_a_name_of_some_length_" << i << "\nACGTACGTAC\n";
  });
  EXPECT_EQ(pass.pieces, 150000u);
  EXPECT_EQ(pass.bases, 1500000u);
  EXPECT_TRUE(kKeepsFreedMemory || pass.grown_kilobytes < 8 * 1024) << pass.grown_kilobytes;
}

}  // namespace
}  // namespace iresweep::test
