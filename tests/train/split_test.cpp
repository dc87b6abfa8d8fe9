#include "host/train/split.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "host/train/sampler.h"
#include "iresweep/error.h"
#include "tests/train/made_up_data.h"

namespace iresweep::train {
namespace {

std::set<std::string> groups_of(const Table& table, const std::vector<std::uint32_t>& chosen) {
  std::set<std::string> groups;
  for (const std::uint32_t i : chosen) groups.insert(table.rows[i].group);
  return groups;
}

bool overlap(const std::set<std::string>& a, const std::set<std::string>& b) {
  for (const auto& group : a)
    if (b.count(group)) return true;
  return false;
}

class SplitTest : public testing::TestWithParam<int> {};

// With the table's folds (5) and with folds made from the groups (0).
TEST_P(SplitTest, NeverPutsAGroupOnTwoSides) {
  const Table table = test::made_up_table({.groups = 37, .folds = GetParam()});
  const auto folds = folds_of(table.rows, 5, 1);
  std::vector<int> held_out(table.rows.size(), 0);
  for (int fold = 0; fold < 5; ++fold) {
    const Split split = split_for_round(folds, fold);
    EXPECT_EQ(split.training.size() + split.validation.size() + split.held_out.size(), table.rows.size());
    const auto training = groups_of(table, split.training), validation = groups_of(table, split.validation);
    const auto held = groups_of(table, split.held_out);
    EXPECT_FALSE(overlap(training, validation) || overlap(training, held) || overlap(validation, held));
    for (const std::uint32_t i : split.held_out) ++held_out[i];
  }
  EXPECT_EQ(held_out, std::vector<int>(table.rows.size(), 1)) << "every row is held out once";
}

INSTANTIATE_TEST_SUITE_P(Folds, SplitTest, testing::Values(0, 5));

TEST(Split, MakesFoldsOfEqualSizeThatFollowTheSeed) {
  const Table table = test::made_up_table({.rows = 400, .groups = 100, .folds = 0});
  const auto folds = folds_of(table.rows, 4, 1);
  std::map<int, int> sizes;
  for (const int fold : folds) ++sizes[fold];
  for (const auto& [fold, size] : sizes) EXPECT_EQ(size, 100) << "fold " << fold;
  EXPECT_EQ(folds_of(table.rows, 4, 1), folds);
  EXPECT_NE(folds_of(table.rows, 4, 2), folds);
}

TEST(Split, RefusesAGroupInTwoFolds) {
  Table table = test::made_up_table({});
  table.rows[80].fold = 4;  // of group 0, as row 0
  try {
    folds_of(table.rows, 5, 1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.what_failed, "group 'group0' is in fold 0 and in fold 4");
    EXPECT_EQ(error.where, "row 'row80'");
  }
}

TEST(Split, TrainsOnRowsWithoutAFold) {
  Table table = test::made_up_table({});
  for (int i = 0; i < 10; ++i) table.rows[i].fold.reset(), table.rows[i].group = "apart";
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), 0);
  for (std::uint32_t i = 0; i < 10; ++i) EXPECT_EQ(split.training[i], i);
}

TEST(Split, RefusesFoldsThatAreNotThere) {
  const Table table = test::made_up_table({.folds = 2});
  const auto folds = folds_of(table.rows, 2, 1);
  EXPECT_THROW(split_by_fold(folds, 2), Error);
  EXPECT_THROW(split_for_round(folds, 0), Error) << "three folds are needed";
  EXPECT_TRUE(split_by_fold(folds, -1).validation.empty());
  EXPECT_THROW(split_by_fold(folds, -1, 2), Error);
}

TEST(Split, RefusesAnEmptyClass) {
  Table table = test::made_up_table({});
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), 0);
  EXPECT_NO_THROW(check_classes(table.rows, split.training, "training"));
  for (auto& row : table.rows)
    if (row.label == 1) row.weight = 0;
  EXPECT_THROW(check_classes(table.rows, split.training, "training"), Error);
}

TEST(SamplerTest, MixesPartsInTheirShares) {
  const Table table = test::made_up_table({});
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), -1);
  Sampler sampler(table.rows, split.training, {{"common", 0.75}, {"rare", 0.25}}, 64, 1);
  for (std::uint64_t step = 0; step < 3; ++step) {
    const auto batch = sampler.batch(step);
    ASSERT_EQ(batch.size(), 64u);
    int rare = 0;
    for (const std::uint32_t i : batch) rare += table.rows[i].part == "rare";
    EXPECT_EQ(rare, 16);
  }
  EXPECT_THROW(Sampler(table.rows, split.training, {{"common", 0.5}}, 64, 1), Error);
  EXPECT_THROW(Sampler(table.rows, split.training, {{"common", 0.5}, {"absent", 0.5}}, 64, 1), Error);
}

TEST(SamplerTest, TakesEveryRowOnceAPass) {
  const Table table = test::made_up_table({.rows = 320});
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), -1);
  Sampler sampler(table.rows, split.training, {}, 64, 1);
  std::multiset<std::uint32_t> seen;
  for (std::uint64_t step = 5; step < 10; ++step)
    for (const std::uint32_t i : sampler.batch(step)) seen.insert(i);
  EXPECT_EQ(seen, std::multiset<std::uint32_t>(split.training.begin(), split.training.end()));
}

TEST(SamplerTest, DrawsTheSameFromAnyStepOn) {
  const Table table = test::made_up_table({});
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), -1);
  Sampler from_start(table.rows, split.training, {}, 48, 7), resumed(table.rows, split.training, {}, 48, 7);
  for (std::uint64_t step = 0; step < 20; ++step) from_start.batch(step);
  EXPECT_EQ(resumed.batch(20), from_start.batch(20));
  EXPECT_EQ(resumed.batch(3), from_start.batch(3));
}

}  // namespace
}  // namespace iresweep::train
