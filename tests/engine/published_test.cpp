// The engine with the published weights on the published program's own examples.
#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/engine/engines.h"
#include "tests/support/shared_data.h"

namespace iresweep::test {
namespace {

constexpr double kPublishedTolerance = 5e-6;

std::vector<std::vector<BaseCode>> read_records(const std::filesystem::path& path) {
  std::vector<std::vector<BaseCode>> records;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('>')) {
      records.emplace_back();
      continue;
    }
    for (const char letter : line) {
      const auto place = std::string("ACGTUacgtu").find(letter);
      if (letter != '\r')
        records.back().push_back(place == std::string::npos ? kMissing : BaseCode(std::min(int(place % 5), 3)));
    }
  }
  for (auto& codes : records)
    if (codes.size() < kWindow) codes.insert(codes.begin(), kWindow - codes.size(), kMissing);
  return records;
}

std::vector<double> golden_scores(const std::filesystem::path& path) {
  std::vector<double> scores;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::string name, score;
    std::getline(row, name, ',');
    std::getline(row, score, ',');
    scores.push_back(std::stod(score));
  }
  return scores;
}

class PublishedTest : public testing::TestWithParam<std::string> {};

TEST_P(PublishedTest, BestScoresAreThePublishedOnes) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  const Model model = load_model((index.parent_path() / "first").string());
  const auto engine = engine_for(model, GetParam(), 4096);
  for (const auto& [fasta, csv] :
       {std::pair{"goldens/core.fa", "goldens/core.csv"}, {"goldens/5utr.fa", "goldens/utr.csv"}}) {
    IRESWEEP_SHARED_FILE(sequences, fasta);
    IRESWEEP_SHARED_FILE(table, csv);
    const auto records = read_records(sequences);
    const auto golden = golden_scores(table);
    ASSERT_EQ(records.size(), golden.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto logits = score(*engine, records[i], tiled_starts(records[i].size(), kPublishedStep), kPublishedStep);
      const double best = exact_score(*std::max_element(logits.begin(), logits.end()));
      EXPECT_TRUE(std::abs(best - golden[i]) <= kPublishedTolerance) << fasta << " record " << i << ": " << best;
    }
  }
}

TEST_P(PublishedTest, RealWindowsAreWithinTheUsualTolerance) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  IRESWEEP_SHARED_FILE(sequences, "goldens/5utr.fa");
  const Model model = load_model((index.parent_path() / "first").string());
  const auto engine = engine_for(model, GetParam(), 4096);
  std::size_t windows = 0, unusual = 0;
  for (const auto& codes : read_records(sequences)) {
    const auto starts = tiled_starts(codes.size(), 3);
    const auto logits = score(*engine, codes, starts, 3);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const double expected = oracle_logit(model.network, codes, starts[i]);
      ASSERT_TRUE(agrees(logits[i], expected));
      ++windows;
      unusual += !(std::abs(exact_score(logits[i]) - exact_score(expected)) <= kUsualScoreTolerance);
    }
  }
  EXPECT_LE(unusual, windows / 1000);
  EXPECT_GE(windows, 1000u);
}

INSTANTIATE_TEST_SUITE_P(On, PublishedTest, testing::ValuesIn(engine_names()),
                         [](const auto& param_info) { return param_info.param; });

}  // namespace
}  // namespace iresweep::test
