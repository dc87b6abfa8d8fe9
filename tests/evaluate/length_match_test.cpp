// Lengths made equal: groups, cuts, and what they leave of length as a score.
#include "host/evaluate/length_match.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

#include "host/evaluate/metrics.h"

namespace iresweep {
namespace {

/// Codes count up, so that a cut shows where it was made.
LabelledSet set_of(const std::vector<int>& positives, const std::vector<int>& negatives) {
  LabelledSet set;
  const auto add = [&](int length, bool positive) {
    std::vector<BaseCode> codes(std::size_t(length), 0);
    for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = BaseCode(i);
    set.records.push_back({"", codes, positive});
  };
  for (const int length : positives) add(length, true);
  for (const int length : negatives) add(length, false);
  return set;
}

std::vector<std::size_t> lengths(const std::vector<LabelledRecord>& records) {
  std::vector<std::size_t> result;
  for (const auto& record : records) result.push_back(record.codes.size());
  return result;
}

using Lengths = std::vector<std::size_t>;

TEST(LengthMatch, CutsTheLongerOfEachPair) {
  const auto matched = match_lengths(set_of({90, 60, 200}, {174, 100, 174}));
  // By length 60-100, 90-174, 200-174.
  EXPECT_EQ(lengths(matched.records), (Lengths{90, 60, 174, 90, 60, 174}));
  EXPECT_EQ(matched.cut, 3u);
}

TEST(LengthMatch, KeepsTheMiddle) {
  const auto matched = match_lengths(set_of({4}, {9}));
  EXPECT_EQ(matched.records[1].codes, (std::vector<BaseCode>{2, 3, 4, 5}));
}

TEST(LengthMatch, LeavesEqualLengthsAlone) {
  const LabelledSet set = set_of({174, 174}, {174, 174, 174});
  const auto matched = match_lengths(set);
  EXPECT_EQ(matched.cut, 0u);
  for (std::size_t i = 0; i < set.records.size(); ++i) EXPECT_EQ(matched.records[i].codes, set.records[i].codes);
}

TEST(LengthMatch, DealsTheLargerClassOutEvenly) {
  for (const bool swap : {false, true}) {
    const std::vector<int> few{50, 100}, many{40, 60, 80, 90, 120};
    const auto matched = match_lengths(swap ? set_of(many, few) : set_of(few, many));
    // Groups: 50 with 40 and 60; 100 with 80, 90 and 120.
    const Lengths few_cut{40, 80}, many_cut{40, 40, 80, 80, 80};
    Lengths expected = swap ? many_cut : few_cut;
    const Lengths& others = swap ? few_cut : many_cut;
    expected.insert(expected.end(), others.begin(), others.end());
    EXPECT_EQ(lengths(matched.records), expected);
  }
}

TEST(LengthMatch, LengthTellsNothingAfterwards) {
  std::vector<int> positives, negatives;
  for (int i = 0; i < 20; ++i) positives.push_back(50 + i * i);
  for (int i = 0; i < 60; ++i) negatives.push_back(174 + 3 * i);
  const LabelledSet set = set_of(positives, negatives);
  const auto auroc_of = [&](const std::vector<LabelledRecord>& records) {
    std::vector<double> scores;
    for (const auto& record : records) scores.push_back(-double(record.codes.size()));
    return at(Ranking(scores, labels_of(set), 0).measure(), Metric::auroc);
  };
  EXPECT_GT(auroc_of(set.records), 0.7);
  EXPECT_EQ(auroc_of(match_lengths(set).records), 0.5);
}

}  // namespace
}  // namespace iresweep
