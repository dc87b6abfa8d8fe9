// The untidy files of ../shared/data/nasty get what docs/nasty-inputs.md says of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/input/read_fasta.h"
#include "tests/support/shared_data.h"

namespace iresweep::test {
namespace {

// "a\|b" -> "a|b"
std::string unescaped(std::string cell) {
  for (std::size_t at = 0; (at = cell.find("\\|", at)) != cell.npos; ++at) cell.erase(at, 1);
  return cell;
}

// file -> what it gets, from the rows "| `file` | what it is | what it gets |".
std::map<std::string, std::string> documented() {
  std::map<std::string, std::string> outcomes;
  std::ifstream page(project_file("docs/nasty-inputs.md"));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t name_end = line.find("` | "), last = line.find(" | ", name_end + 4);
    outcomes[line.substr(3, name_end - 3)] = unescaped(line.substr(last + 3, line.size() - last - 5));
  }
  return outcomes;
}

std::string outcome(const std::filesystem::path& path, int threads) {
  FastaOptions options;
  options.threads = threads;
  const Error error = fasta_error({path}, options);
  if (!error.what_failed.empty()) {
    EXPECT_TRUE(error.where.starts_with(path.string())) << error.where;
    EXPECT_FALSE(error.hint.empty());
    const std::string place = error.where.substr(path.string().size());
    return "error: " + error.what_failed + (place.empty() ? "" : " @ " + place.substr(2));
  }
  const InputFacts facts = read_fasta({path}, options).facts.at(0);
  return fmt::format("records {}, empty {}, bases {}, missing {}", facts.records, facts.empty_records, facts.bases,
                     facts.missing_bases);
}

TEST(Nasty, FilesGetWhatThePageSays) {
  IRESWEEP_SHARED_FILE(folder, "data/nasty");
  const auto outcomes = documented();
  ASSERT_FALSE(outcomes.empty());
  for (const auto& [name, expected] : outcomes) EXPECT_EQ(outcome(folder / name, 1), expected) << name;
}

TEST(Nasty, ThreadsReadTheSameFiles) {
  IRESWEEP_SHARED_FILE(folder, "data/nasty");
  for (const auto& [name, expected] : documented()) {
    const std::string threaded = outcome(folder / name, 3);
    // With threads HTSlib tells less of what is wrong.
    if (expected.starts_with("error: ")) {
      EXPECT_TRUE(threaded.starts_with("error: ")) << name << ": " << threaded;
    } else {
      EXPECT_EQ(threaded, expected) << name;
    }
  }
}

TEST(Nasty, ThePageNamesEveryFasta) {
  IRESWEEP_SHARED_FILE(folder, "data/nasty");
  const auto outcomes = documented();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".fa") || name.ends_with(".fasta") || name.ends_with(".fq") || name.ends_with(".fa.gz")) {
      EXPECT_TRUE(outcomes.contains(name)) << name;
    }
  }
}

}  // namespace
}  // namespace iresweep::test
