// Training on made-up data: it learns, repeats itself to the last bit, and stops where it must.
#include "host/train/fit.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/temporary_folder.h"
#include "tests/train/made_up_data.h"

namespace iresweep::train {
namespace {

class FitTest : public testing::Test {
 protected:
  void SetUp() override { at::set_num_threads(1); }

  static FitOptions brief() {
    FitOptions options;
    options.batch = 32;
    options.epochs = 4;
    options.warmup_steps = 5;
    options.dropout = 0.1;
    return options;
  }

  static Fitted run(const Table& table, const FitOptions& options, int stop_after = 0) {
    int epochs = 0;
    const Split split = split_by_fold(folds_of(table.rows, 5, 1), 0);
    return fit(table, split, options, [&](const Epoch&) {
      if (++epochs == stop_after) throw std::runtime_error("stopped");
    });
  }

  static std::string hash(const Fitted& fitted) { return weights_hash(fitted.network.network()); }

  static void expect_error(const Table& table, const FitOptions& options, const std::string& fault) {
    try {
      run(table, options);
      FAIL() << "no error: " << fault;
    } catch (const Error& error) {
      EXPECT_NE(error.what_failed.find(fault), std::string::npos) << error.what_failed;
      EXPECT_FALSE(error.hint.empty());
    }
  }

  test::TemporaryFolder folder_;
};

TEST_F(FitTest, LearnsFromLabels) {
  FitOptions options = brief();
  options.epochs = 12;
  const Fitted fitted = run(test::made_up_table({.rows = 640}), options);
  ASSERT_EQ(fitted.epochs.size(), 12u);
  const Epoch& kept = fitted.epochs.at(std::size_t(fitted.kept_epoch) - 1);
  EXPECT_TRUE(kept.best);
  EXPECT_GE(*kept.validation->auroc, 0.9);
  EXPECT_LE(fitted.epochs.back().training_loss, 0.7 * fitted.epochs.front().training_loss);
  EXPECT_FALSE(kept.validation->soft_error);
}

TEST_F(FitTest, LearnsFromSoftLabels) {
  FitOptions options = brief();
  options.epochs = 12;
  options.soft_share = 1;
  options.monitor = Monitor::loss;
  options.dropout = 0;
  const Fitted fitted = run(test::made_up_table({.rows = 640, .labels = false, .soft = true}), options);
  const Quality& last = *fitted.epochs.back().validation;
  EXPECT_GE(*last.soft_correlation, 0.8);
  EXPECT_LE(*last.soft_error, 2);
  EXPECT_FALSE(last.auroc);
}

TEST_F(FitTest, RepeatsItselfToTheLastBit) {
  const Table table = test::made_up_table({});
  FitOptions options = brief();
  const std::string first = hash(run(table, options));
  EXPECT_EQ(hash(run(table, options)), first);
  options.seed = 2;
  EXPECT_NE(hash(run(table, options)), first);
}

TEST_F(FitTest, GoesOnAsIfNeverStopped) {
  const Table table = test::made_up_table({.soft = true});
  for (const Schedule schedule : {Schedule::cosine, Schedule::plateau}) {
    FitOptions options = brief();
    options.schedule = schedule;
    options.plateau_epochs = 1;
    options.averaging = 0.9;
    options.soft_share = 0.5;
    options.keep_best = schedule == Schedule::plateau;
    const Fitted whole = run(table, options);
    options.checkpoint = folder_.path("run.ckpt");
    options.resume = true;
    std::filesystem::remove(options.checkpoint);
    EXPECT_THROW(run(table, options, 2), std::runtime_error);
    const Fitted resumed = run(table, options);
    EXPECT_EQ(hash(resumed), hash(whole));
    ASSERT_EQ(resumed.epochs.size(), whole.epochs.size());
    EXPECT_EQ(resumed.kept_epoch, whole.kept_epoch);
    EXPECT_EQ(resumed.epochs.back().training_loss, whole.epochs.back().training_loss);
    EXPECT_EQ(resumed.epochs.front().validation->loss, whole.epochs.front().validation->loss);
    EXPECT_EQ(hash(run(table, options)), hash(whole)) << "a finished run is not trained further";
  }
}

TEST_F(FitTest, RefusesAForeignCheckpoint) {
  const Table table = test::made_up_table({});
  FitOptions options = brief();
  options.epochs = 1;
  options.checkpoint = folder_.path("run.ckpt");
  options.resume = true;
  run(table, options);
  options.seed = 2;
  expect_error(table, options, "belongs to another run");
  folder_.write("run.ckpt", "no checkpoint at all");
  expect_error(table, options, "no checkpoint");
}

TEST_F(FitTest, AveragesWeights) {
  const Table table = test::made_up_table({});
  FitOptions options = brief();
  options.keep_best = false;
  const std::string plain = hash(run(table, options));
  options.averaging = 0.99;
  EXPECT_NE(hash(run(table, options)), plain);
}

TEST_F(FitTest, StopsWhenNothingIsGained) {
  FitOptions options = brief();
  options.epochs = 30;
  options.patience = 2;
  options.schedule = Schedule::constant;
  const Fitted fitted = run(test::made_up_table({.rows = 160}), options);
  ASSERT_LT(fitted.epochs.size(), 30u);
  EXPECT_EQ(int(fitted.epochs.size()), fitted.kept_epoch + 2);
}

TEST_F(FitTest, StopsAtALossThatIsNoNumberAndWritesNothing) {
  Table table = test::made_up_table({.soft = true});
  FitOptions options = brief();
  options.soft_share = 0.5;
  options.learning_rate = 1e30;
  options.checkpoint = folder_.path("run.ckpt");
  expect_error(table, options, "not a number");
  EXPECT_FALSE(std::filesystem::exists(options.checkpoint));
}

TEST_F(FitTest, RefusesWhatCannotBeTrainedOn) {
  const Table table = test::made_up_table({});
  Table one_class = table;
  for (Row& row : one_class.rows) row.label = 0;
  expect_error(one_class, brief(), "no row of class 1 among the training rows");
  Table one_class_validates = table;
  for (Row& row : one_class_validates.rows)
    if (row.fold == 0) row.label = 1;
  expect_error(one_class_validates, brief(), "no row of class 0 among the validation rows");
  FitOptions soft = brief();
  soft.soft_share = 0.5;
  expect_error(table, soft, "no row has a soft label");
}

TEST_F(FitTest, RefusesOptionsOutOfRange) {
  const Table table = test::made_up_table({});
  const auto expect_refused = [&](auto change, const std::string& fault) {
    FitOptions options = brief();
    change(options);
    expect_error(table, options, fault);
  };
  expect_refused([](FitOptions& o) { o.batch = 40; }, "multiple of 16");
  expect_refused([](FitOptions& o) { o.epochs = 0; }, "no epoch");
  expect_refused([](FitOptions& o) { o.soft_share = 1.5; }, "--soft-share");
  expect_refused([](FitOptions& o) { o.soft_clamp = 0; }, "--soft-clamp");
  expect_refused([](FitOptions& o) { o.learning_rate = 0; }, "--learning-rate");
  expect_refused([](FitOptions& o) { o.learning_rate = std::numeric_limits<double>::quiet_NaN(); }, "--learning-rate");
  expect_refused([](FitOptions& o) { o.dropout = 1; }, "--dropout");
  expect_refused([](FitOptions& o) { o.averaging = 1; }, "--average");
  expect_refused([](FitOptions& o) { o.resume = true; }, "--resume");
}

TEST_F(FitTest, WithoutValidationTheLastWeightsAreKept) {
  const Table table = test::made_up_table({});
  const Split split = split_by_fold(folds_of(table.rows, 5, 1), -1);
  FitOptions options = brief();
  EXPECT_THROW(fit(table, split, options, [](const Epoch&) {}), Error);
  options.keep_best = false;
  const Fitted fitted = fit(table, split, options, [](const Epoch&) {});
  EXPECT_EQ(fitted.kept_epoch, options.epochs);
  EXPECT_FALSE(fitted.epochs.back().validation);
}

TEST_F(FitTest, TrainsTheArchitecturesWithoutParts) {
  const Table table = test::made_up_table({});
  for (const Architecture architecture : {Architecture::cnn, Architecture::cnn_gru, Architecture::cnn_gru_attention}) {
    FitOptions options = brief();
    options.architecture = architecture;
    const Fitted fitted = run(table, options);
    EXPECT_LT(fitted.epochs.back().training_loss, fitted.epochs.front().training_loss) << name_of(architecture);
  }
}

}  // namespace
}  // namespace iresweep::train
