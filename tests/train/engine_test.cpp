// What was trained is what a scan scores: LibTorch's network against the engine.
#include "iresweep/engine.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "host/train/fit.h"
#include "tests/support/temporary_folder.h"
#include "tests/train/made_up_data.h"

namespace iresweep::train {
namespace {

std::vector<float> engine_logits(const Model& model, const std::vector<std::vector<BaseCode>>& windows) {
  const auto engine = make_engine(model, {});
  const auto batch = engine->make_batch();
  for (const auto& codes : windows) {
    batch->starts[batch->window_count++] = std::uint32_t(batch->base_count);
    std::copy(codes.begin(), codes.end(), batch->bases.begin() + std::ptrdiff_t(batch->base_count));
    batch->base_count += codes.size();
  }
  engine->score(*batch);
  return {batch->logits.begin(), batch->logits.begin() + std::ptrdiff_t(windows.size())};
}

TEST(TrainedModel, ScoresAlikeInLibTorchAndInTheEngine) {
  at::set_num_threads(1);
  const Table table = test::made_up_table({.soft = true});
  FitOptions options;
  options.batch = 32;
  options.epochs = 8;
  options.warmup_steps = 5;
  options.soft_share = 1;
  options.learning_rate = 5e-3;
  options.keep_best = false;  // the best by AUROC may be the first, which has learned little
  const Fitted fitted = fit(table, split_by_fold(folds_of(table.rows, 5, 1), 0), options, [](const Epoch&) {});
  Model model;
  model.network = fitted.network.network();
  const test::TemporaryFolder folder;
  save_model(model, folder.path("m.safetensors"));

  test::Random random(9);
  std::vector<std::vector<BaseCode>> windows;
  for (int i = 0; i < 200; ++i) windows.push_back(test::random_codes(random, kWindow, i % 4 ? 0 : 0.2));
  for (int i = 0; i < 100; ++i) windows.push_back(table.rows[std::size_t(i)].codes);
  windows.emplace_back(kWindow, kMissing);
  Trainable network = fitted.network;
  const auto torch = network.score({windows.begin(), windows.end()});
  const auto engine = engine_logits(load_model(folder.path("m.safetensors")), windows);
  double least = 1, most = 0;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const double expected = score_of(torch[i]);
    EXPECT_TRUE(std::abs(score_of(engine[i]) - expected) <= 1e-5) << "window " << i;
    least = std::min(least, expected);
    most = std::max(most, expected);
  }
  EXPECT_TRUE(most - least > 0.2) << "the network learned nothing, so nothing was compared";
}

}  // namespace
}  // namespace iresweep::train
