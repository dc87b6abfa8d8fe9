// Mutagenesis against windows scored one by one, to the last bit.
#include "host/explain/mutagenesis.h"

#include <gtest/gtest.h>

#include <cmath>

#include "iresweep/model.h"
#include "tests/explain/random_window.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

Model seeded_model() {
  Model model;
  model.network = test::seeded_network(1);
  return model;
}

float score_alone(Engine& engine, const WindowCodes& codes) {
  const auto batch = engine.make_batch();
  std::copy(codes.begin(), codes.end(), batch->bases.begin());
  batch->starts[0] = 0;
  batch->base_count = kWindow;
  batch->window_count = 1;
  engine.score(*batch);
  return batch->logits[0];
}

TEST(Mutagenesis, IsScoringTheChangedWindowsOneByOne) {
  WindowCodes codes = test::random_window(1);
  codes[0] = codes[1] = codes[90] = kMissing;
  const auto engine = make_engine(seeded_model(), {.batch_windows = 100});
  const Mutations found = Mutagenesis(*engine, 3).run(codes);
  EXPECT_EQ(found.logit, score_alone(*engine, codes));
  for (int t = 0; t < kWindow; ++t)
    for (BaseCode base = 0; base < 4; ++base) {
      if (codes[t] == kMissing) {
        EXPECT_TRUE(std::isnan(found.substitution[t][base]));
        continue;
      }
      WindowCodes changed = codes;
      changed[t] = base;
      EXPECT_EQ(found.substitution[t][base], score_alone(*engine, changed) - found.logit) << t << " to " << int(base);
    }
  ASSERT_EQ(found.deletion.size(), 172u);
  for (int t = 0; t < 172; ++t) {
    if (t < 2 || (t >= 88 && t <= 90)) {
      EXPECT_TRUE(std::isnan(found.deletion[t])) << t;
      continue;
    }
    WindowCodes left;
    left.fill(kMissing);
    std::copy(codes.begin(), codes.begin() + t, left.begin() + 3);
    std::copy(codes.begin() + t + 3, codes.end(), left.begin() + 3 + t);
    EXPECT_EQ(found.deletion[t], score_alone(*engine, left) - found.logit) << t;
  }
}

TEST(Mutagenesis, DoesNotDependOnTheBatch) {
  const WindowCodes codes = test::random_window(2);
  const auto small = make_engine(seeded_model(), {.batch_windows = 1});
  const auto large = make_engine(seeded_model(), {.batch_windows = 4096});
  const Mutations a = Mutagenesis(*small, 1).run(codes), b = Mutagenesis(*large, 1).run(codes);
  EXPECT_EQ(a.logit, b.logit);
  EXPECT_EQ(a.substitution, b.substitution);
  EXPECT_EQ(a.deletion, b.deletion);
}

TEST(Mutagenesis, ImportanceIsTheMeanFallOverThreeReplacements) {
  test::FunctionEngine counts_a([](auto codes) { return double(std::count(codes.begin(), codes.end(), 0)); });
  WindowCodes codes = test::random_window(3);
  codes[5] = 0, codes[6] = 2, codes[7] = kMissing;
  const Mutations found = Mutagenesis(counts_a, 0).run(codes);
  EXPECT_EQ(found.importance(5, codes), 1);
  EXPECT_NEAR(found.importance(6, codes), -1.0 / 3, 1e-12);
  EXPECT_TRUE(std::isnan(found.importance(7, codes)));
  EXPECT_TRUE(found.deletion.empty());
}

}  // namespace
}  // namespace iresweep
