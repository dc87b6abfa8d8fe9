// The journal on the disk: what is found again, wherever it was cut; who may open it.
#include "host/journal/journal_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "host/journal/journal_format.h"
#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

namespace fs = std::filesystem;
using test::file_bytes;
using test::TemporaryFolder;

const RunFacts kFacts = {{"--step", "20"}, {"in.fa", "12 bytes"}, {"empty", ""}};

// Two frames of the plus strand around one of the minus strand.
void fill(JournalFile& journal) {
  journal.begin(kFacts);
  journal.append(Strand::plus, 0, 11, std::vector<float>{1, 2, 3});
  journal.append(Strand::minus, 0, 22, std::vector<float>{-1, -2});
  journal.append(Strand::plus, 3, 33, std::vector<float>{4});
}

std::vector<float> logits(const JournalFile& journal, std::size_t strand) {
  std::vector<float> all;
  for (const ScoredRun& run : journal.contents().scored[strand]) {
    std::vector<float> some(run.count);
    journal.read(run, some);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

TEST(JournalFile, HoldsWhatWasAppended) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed");
  {
    JournalFile journal(output);
    EXPECT_FALSE(journal.was_there());
    EXPECT_FALSE(journal.contents().facts.has_value());
    fill(journal);
  }
  JournalFile journal(output);
  EXPECT_TRUE(journal.was_there());
  EXPECT_EQ(journal.contents().facts, kFacts);
  EXPECT_EQ(journal.contents().windows(), 6u);
  EXPECT_EQ(journal.contents().scored[0][1].digest, 33u);
  EXPECT_EQ(logits(journal, 0), (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(logits(journal, 1), (std::vector<float>{-1, -2}));
  journal.remove();
  EXPECT_FALSE(fs::exists(journal_path(output)));
}

TEST(JournalFile, IsBelievedUpToTheFirstFrameThatIsNotWhole) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed"), path = journal_path(output);
  fill(*std::make_unique<JournalFile>(output));
  const std::string whole = file_bytes(path);
  std::vector<std::uint64_t> found;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    folder.write("hits.bed.journal", whole.substr(0, size));
    std::uint64_t windows = 0;
    {
      JournalFile journal(output);
      windows = journal.contents().windows();
      EXPECT_EQ(journal.contents().facts.has_value(), journal.contents().end > 0);
      // What is appended after a cut joins what was whole.
      if (journal.contents().facts) journal.go_on();
      if (windows == 5) journal.append(Strand::plus, 3, 33, std::vector<float>{4});
    }
    EXPECT_TRUE(windows != 5 || file_bytes(path) == whole) << size;
    EXPECT_EQ(fs::exists(path), windows > 0) << size;
    if (found.empty() || found.back() != windows) found.push_back(windows);
  }
  EXPECT_EQ(found, (std::vector<std::uint64_t>{0, 3, 5, 6}));
}

TEST(JournalFile, NoticesEveryFlippedBit) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed");
  fill(*std::make_unique<JournalFile>(output));
  const std::string whole = file_bytes(journal_path(output));
  for (std::size_t at = kJournalMagic.size(); at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = char(flipped[at] ^ (1 << at % 8));
    folder.write("hits.bed.journal", flipped);
    const JournalFile journal(output);
    EXPECT_LT(journal.contents().windows(), 6u) << at;
  }
}

TEST(JournalFile, BelievesNoFrameThatDoesNotFollow) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed");
  {
    JournalFile journal(output);
    journal.begin(kFacts);
    journal.append(Strand::plus, 0, 1, std::vector<float>{1});
    journal.append(Strand::plus, 2, 1, std::vector<float>{1});
  }
  EXPECT_EQ(JournalFile(output).contents().windows(), 1u);
}

TEST(JournalFile, LetsOneRunIn) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed");
  fs::create_symlink("hits.bed", folder.path("link.bed"));
  std::optional<JournalFile> first(output);
  EXPECT_THROW(JournalFile{output}, Error);
  EXPECT_THROW(JournalFile{folder.path("link.bed")}, Error);
  EXPECT_NO_THROW(JournalFile{folder.path("other.bed")});
  first->remove();
  EXPECT_NO_THROW(JournalFile{output});
}

TEST(JournalFile, StaysOnlyWhereItHoldsScores) {
  const TemporaryFolder folder;
  const std::string output = folder.path("hits.bed");
  JournalFile(output).begin(kFacts);
  EXPECT_FALSE(fs::exists(journal_path(output)));
  fill(*std::make_unique<JournalFile>(output));
  EXPECT_TRUE(fs::exists(journal_path(output)));
  JournalFile(output).begin(kFacts);  // drops them
  EXPECT_FALSE(fs::exists(journal_path(output)));
}

TEST(JournalFile, LeavesFilesOfOtherKindsAlone) {
  const TemporaryFolder folder;
  for (const char* text : {">r\nACGT\n", "iresweep journal 9\nand more"}) {
    const std::string path = folder.write("hits.bed.journal", text);
    EXPECT_THROW(JournalFile{folder.path("hits.bed")}, Error);
    EXPECT_EQ(file_bytes(path), text);
  }
  EXPECT_THROW(JournalFile{folder.path("nowhere/hits.bed")}, Error);
}

TEST(RunFacts, TellWhatDiffers) {
  EXPECT_EQ(difference(kFacts, kFacts), std::nullopt);
  RunFacts other = kFacts;
  other["--step"] = "50";
  EXPECT_EQ(difference(kFacts, other), "--step was 20 and is 50");
  other.erase("--step");
  EXPECT_EQ(difference(kFacts, other), "--step was 20 and is not given");
  EXPECT_EQ(difference(other, kFacts), "--step was not given and is 20");
  // An index that was made meanwhile is no difference; another one is.
  RunFacts indexed = kFacts, changed = kFacts;
  indexed["index in.fa.fai"] = "a", changed["index in.fa.fai"] = "b";
  EXPECT_EQ(difference(kFacts, indexed), std::nullopt);
  EXPECT_EQ(difference(indexed, kFacts), std::nullopt);
  EXPECT_NE(difference(indexed, changed), std::nullopt);
}

}  // namespace
}  // namespace iresweep
