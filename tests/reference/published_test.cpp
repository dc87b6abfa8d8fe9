// The oracle against the published program's own results: same windows, scores within 1e-6.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "iresweep/model.h"
#include "kernels/reference/forward.h"
#include "tests/support/fasta_text.h"
#include "tests/support/shared_data.h"

namespace iresweep {
namespace {

// Published scores are floats printed with up to nine digits; the rest of the room is float32 arithmetic.
constexpr double kScoreTolerance = 1e-6;

struct Row {
  std::string name;
  double score = 0;
  int start = 0, stop = 0;  // 1-based inclusive
};

std::vector<Row> read_rows(const std::filesystem::path& path) {
  std::vector<Row> rows;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    Row row;
    char comma = 0;
    std::getline(std::istringstream(line), row.name, ',');
    std::istringstream numbers(line.substr(row.name.size() + 1));
    numbers >> row.score >> comma >> row.start >> comma >> row.stop;
    rows.push_back(row);
  }
  return rows;
}

std::array<BaseCode, kWindow> window_at(const std::vector<BaseCode>& codes, int start) {
  std::array<BaseCode, kWindow> window;
  window.fill(kMissing);
  const int length = std::min(kWindow, int(codes.size()) - start);
  std::copy_n(codes.begin() + start, length, window.end() - length);
  return window;
}

// The published rule: the last window wins when its score equals the maximum, else the first that has it.
Row published_best(const Network& network, const test::FastaRecord& record) {
  const int length = int(record.codes.size());
  std::vector<int> starts;
  for (int start = 0; start + kWindow <= length; start += kPublishedStep) starts.push_back(start);
  starts.push_back(std::max(0, length - kWindow));
  std::vector<float> scores;
  for (const int start : starts) scores.push_back(score_of(reference::logit(network, window_at(record.codes, start))));
  const auto maximum = std::ranges::max_element(scores);
  const std::size_t best = scores.back() == *maximum ? scores.size() - 1 : std::size_t(maximum - scores.begin());
  return {record.name, double(scores[best]), starts[best] + 1, std::min(starts[best] + kWindow, length)};
}

class Published : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Published, RowsAreReproduced) {
  IRESWEEP_SHARED_FILE(index, "models/deepires/first.index");
  IRESWEEP_SHARED_FILE(fasta, "goldens/" + GetParam().first);
  IRESWEEP_SHARED_FILE(csv, "goldens/" + GetParam().second);
  const Network network = load_model(index).network;
  const auto records = test::read_fasta_text(fasta);
  const auto rows = read_rows(csv);
  ASSERT_EQ(rows.size(), 26u);
  ASSERT_EQ(records.size(), rows.size());
  double largest = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(rows[i].name);
    const Row ours = published_best(network, records[i]);
    EXPECT_EQ(ours.name, rows[i].name);
    EXPECT_EQ(ours.start, rows[i].start);
    EXPECT_EQ(ours.stop, rows[i].stop);
    const double difference = std::abs(ours.score - rows[i].score);
    EXPECT_FALSE(!(difference <= kScoreTolerance)) << ours.score << " instead of " << rows[i].score;
    largest = std::max(largest, difference);
  }
  RecordProperty("largest_difference", std::to_string(largest * 1e9) + "e-9");
}

INSTANTIATE_TEST_SUITE_P(Sets, Published,
                         testing::Values(std::pair("core.fa", "core.csv"), std::pair("5utr.fa", "utr.csv")),
                         [](const auto& given) { return given.param.second.substr(0, given.param.second.find('.')); });

}  // namespace
}  // namespace iresweep
