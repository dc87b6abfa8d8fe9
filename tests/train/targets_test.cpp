#include "host/train/targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernels/reference/forward.h"
#include "tests/support/seeded_network.h"
#include "tests/train/made_up_data.h"

namespace iresweep::train {
namespace {

Model model_of(std::uint64_t seed) {
  Model model;
  model.network = test::seeded_network(seed);
  return model;
}

double logit(const Model& model, const Row& row) {
  return reference::logit(model.network, std::span<const BaseCode, kWindow>(row.codes.data(), kWindow));
}

double deviation(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / double(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / double(values.size()));
}

TEST(Targets, WithoutAnEnsembleAreTheTeachersLogits) {
  Table table = test::made_up_table({.rows = 50});
  const Model teacher = model_of(1);
  EXPECT_EQ(set_targets(table.rows, 50, teacher, {}, {}), 1);
  for (const Row& row : table.rows) EXPECT_LE(std::abs(*row.soft - logit(teacher, row)), 1e-5);
}

TEST(Targets, AreCutToTheClamp) {
  Table table = test::made_up_table({.rows = 50});
  set_targets(table.rows, 50, model_of(1), {}, {.clamp = 0.01});
  for (const Row& row : table.rows) EXPECT_LE(std::abs(*row.soft), 0.01f);
}

TEST(Targets, MixTheTeacherWithTheScaledMeanOfTheEnsemble) {
  Table table = test::made_up_table({.rows = 60});
  const Model teacher = model_of(1);
  const std::vector<Model> ensemble{model_of(2), model_of(3)};
  std::vector<double> taught, mean;
  for (int i = 0; i < 40; ++i) {
    taught.push_back(logit(teacher, table.rows[i]));
    mean.push_back((logit(ensemble[0], table.rows[i]) + logit(ensemble[1], table.rows[i])) / 2);
  }
  const double expected = deviation(taught) / deviation(mean);
  const double scale = set_targets(table.rows, 40, teacher, ensemble, {.teacher_share = 0.25});
  EXPECT_LE(std::abs(scale - expected), 1e-4 * expected);
  for (int i = 0; i < 40; ++i)
    EXPECT_LE(std::abs(*table.rows[i].soft - (0.25 * taught[i] + 0.75 * expected * mean[i])), 1e-4);
}

TEST(Targets, OfShortSequencesAreTheTeachersAlone) {
  Table table = test::made_up_table({.rows = 20});
  Row& cut = table.rows[5];
  cut.bases.resize(100);
  std::fill_n(cut.codes.begin(), kWindow - 100, kMissing);
  const Model teacher = model_of(1);
  set_targets(table.rows, 20, teacher, {model_of(2)}, {});
  EXPECT_LE(std::abs(*cut.soft - logit(teacher, cut)), 1e-5);
  EXPECT_EQ(cut.part, kShortPart);
  EXPECT_NE(table.rows[6].part, kShortPart);
}

}  // namespace
}  // namespace iresweep::train
