// The whole engine against the oracle, on every instruction set and GPU of this machine.
#include <algorithm>
#include <cmath>
#include <thread>

#include "iresweep/error.h"
#include "tests/engine/engines.h"
#include "tests/support/golden.h"

namespace iresweep::test {
namespace {

class EngineTest : public testing::TestWithParam<std::string> {  // the parameter is what engine_for() takes
 protected:
  std::unique_ptr<Engine> engine(const Model& model, std::size_t windows = 4096) const {
    return engine_for(model, GetParam(), windows);
  }
};

TEST_P(EngineTest, ScoresLikeTheOracleAtEveryStep) {
  for (const int step : {1, 7, 50, 90, 174, 500}) {
    const Model model = seeded_model(std::uint64_t(step));
    Random random(std::uint64_t(step) + 1);
    for (const int length : {174, 175, 181, 223, 224, 600, 1900}) {
      const auto codes = random_codes(random, length, 0.02);
      auto starts = tiled_starts(codes.size(), step);
      if (starts.size() > 150) starts.erase(starts.begin() + 75, starts.end() - 75);
      expect_oracle(model.network, codes, starts, score(*engine(model), codes, starts, step));
    }
  }
}

TEST_P(EngineTest, OneMissingBaseAtEveryPlace) {
  const Model model = seeded_model(21);
  Random random(22);
  const auto clean = random_codes(random, kWindow);
  std::vector<BaseCode> codes;
  std::vector<std::uint32_t> starts;
  for (int place = 0; place < kWindow; ++place) {
    starts.push_back(std::uint32_t(codes.size()));
    codes.insert(codes.end(), clean.begin(), clean.end());
    codes[codes.size() - kWindow + std::size_t(place)] = kMissing;
  }
  expect_oracle(model.network, codes, starts, score(*engine(model), codes, starts, kPublishedStep));
}

TEST_P(EngineTest, BlocksOfMissingBases) {
  const Model model = seeded_model(23);
  Random random(24);
  auto codes = random_codes(random, 2000);
  for (const auto& [begin, end] : {std::pair{0, 60}, {300, 301}, {420, 680}, {1900, 2000}})
    std::fill(codes.begin() + begin, codes.begin() + end, kMissing);
  for (const int step : {7, 50}) {
    const auto starts = tiled_starts(codes.size(), step);
    expect_oracle(model.network, codes, starts, score(*engine(model), codes, starts, step));
  }
  const std::vector<BaseCode> nothing(400, kMissing);
  const auto starts = tiled_starts(nothing.size(), 50);
  expect_oracle(model.network, nothing, starts, score(*engine(model), nothing, starts, 50));
}

// Records one after the other, as the tiler packs them: windows at odd offsets, runs of every length.
TEST_P(EngineTest, ManyRecordsInOneBatch) {
  const Model model = seeded_model(25);
  Random random(26);
  std::vector<BaseCode> codes;
  std::vector<std::uint32_t> starts;
  for (int record = 0; record < 40; ++record) {
    const auto bases = random_codes(random, kWindow + random.below(700), 0.01);
    for (const std::uint32_t start : tiled_starts(bases.size(), 50))
      starts.push_back(start + std::uint32_t(codes.size()));
    codes.insert(codes.end(), bases.begin(), bases.end());
  }
  const auto logits = score(*engine(model), codes, starts, 50);
  expect_oracle(model.network, codes, starts, logits);
  EXPECT_EQ(logits, score(*engine(model), codes, starts, 50));
}

// To the last bit: whatever else is in the batch, in whatever lane, shared or alone.
TEST_P(EngineTest, AWindowsLogitDependsOnItsOwnBasesOnly) {
  const Model model = seeded_model(27);
  Random random(28);
  const auto codes = random_codes(random, 5000, 0.005);
  const auto engine_ = engine(model, 8192);
  std::vector<std::uint32_t> every;
  for (std::uint32_t start = 0; start + kWindow <= codes.size(); ++start) every.push_back(start);
  const auto expected = score(*engine_, codes, every, 1);
  for (const int step : {1, 2, 3, 7, 50, 58, 87, 100, 173, 174, 500}) {
    for (const std::uint32_t first : {0u, 1u, 31u}) {
      std::vector<std::uint32_t> starts;
      for (std::uint32_t start = first; start + kWindow <= codes.size(); start += std::uint32_t(step)) {
        starts.push_back(start);
        if (random.below(29) == 0) start += std::uint32_t(random.below(400));  // ends a run
      }
      const auto logits = score(*engine_, codes, starts, step);
      for (std::size_t i = 0; i < starts.size(); ++i)
        ASSERT_EQ(logits[i], expected[starts[i]]) << "step " << step << ", window at " << starts[i];
    }
  }
  // Alone in its batch, in a sequence of its own, with a hint that does not fit.
  for (const std::uint32_t start : {0u, 1u, 2500u, 4826u}) {
    const std::vector<BaseCode> own(codes.begin() + start, codes.begin() + start + kWindow);
    EXPECT_EQ(score(*engine_, own, {0}, 50).front(), expected[start]);
    EXPECT_EQ(score(*engine_, codes, {start}, 3).front(), expected[start]);
  }
}

// Side by side as mutagenesis lays them: most differ from those before them in a base, which an engine may make use of.
TEST_P(EngineTest, AMutantAmongMutantsIsScoredAsAlone) {
  const Model model = seeded_model(27);
  Random random(33);
  const auto engine_ = engine(model);
  std::vector<BaseCode> window, codes;
  std::vector<std::uint32_t> starts;
  for (int i = 0; i < 150; ++i) {
    if (i == 0 || i == 70 || i == 96) window = random_codes(random, kWindow, 0.01);
    std::vector<BaseCode> mutant = window;
    if (i % 7 > 0) mutant[std::size_t(random.below(kWindow))] = BaseCode(random.below(5));
    starts.push_back(std::uint32_t(codes.size()));
    codes.insert(codes.end(), mutant.begin(), mutant.end());
  }
  const auto logits = score(*engine_, codes, starts, kWindow);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::vector<BaseCode> own(codes.begin() + starts[i], codes.begin() + starts[i] + kWindow);
    ASSERT_EQ(score(*engine_, own, {0}, 50).front(), logits[i]) << "window " << i;
  }
}

TEST_P(EngineTest, WritesNothingBeyondItsWindows) {
  const Model model = seeded_model(29);
  const auto engine_ = engine(model, 100);
  const auto batch = engine_->make_batch();
  ASSERT_EQ(batch->starts.size(), 100u);
  ASSERT_EQ(batch->logits.size(), 100u);
  Random random(30);
  const auto codes = random_codes(random, 1000);
  std::copy(codes.begin(), codes.end(), batch->bases.begin());
  std::fill(batch->logits.begin(), batch->logits.end(), 5.0f);
  batch->base_count = codes.size();
  batch->step = 50;
  engine_->score(*batch);  // no window at all
  EXPECT_EQ(std::count(batch->logits.begin(), batch->logits.end(), 5.0f), 100);
  batch->window_count = 3;
  for (std::uint32_t i = 0; i < 3; ++i) batch->starts[i] = 50 * i;
  engine_->score(*batch);
  EXPECT_EQ(std::count(batch->logits.begin(), batch->logits.end(), 5.0f), 97);
}

TEST_P(EngineTest, BatchesFromManyThreads) {
  const Model model = seeded_model(31);
  Random random(32);
  const auto codes = random_codes(random, 20000);
  const auto starts = tiled_starts(codes.size(), 50);
  const auto engine_ = engine(model);
  const auto expected = score(*engine_, codes, starts, 50);
  std::vector<std::vector<float>> found(4);
  {
    std::vector<std::jthread> threads;
    for (auto& logits : found) threads.emplace_back([&] { logits = score(*engine_, codes, starts, 50); });
  }
  for (const auto& logits : found) EXPECT_EQ(logits, expected);
}

TEST_P(EngineTest, SaysWhatItIs) {
  const auto description = engine(seeded_model(1))->describe();
  if (GetParam().starts_with("cuda_")) {
    EXPECT_EQ(description.kind, "cuda");
    EXPECT_TRUE(description.isa.starts_with("sm_"));
    EXPECT_TRUE(description.text.starts_with("cuda:0, "));
    return;
  }
  EXPECT_EQ(description.kind, "cpu");
  EXPECT_EQ(description.isa, GetParam());
  EXPECT_EQ(description.text, "cpu, " + GetParam() + ", 1 thread");
}

// What the oracle once gave, kept in a file: the engines are held to it even where the oracle changes with them.
TEST_P(EngineTest, ScoresTheGoldens) {
  const Golden golden = read_golden();
  const auto engine_ = engine(seeded_model(golden.seed), 64);
  std::vector<BaseCode> codes;
  std::vector<std::uint32_t> starts;
  for (const GoldenWindow& window : golden.windows) {
    starts.push_back(std::uint32_t(codes.size()));
    codes.insert(codes.end(), window.codes.begin(), window.codes.end());
  }
  ASSERT_EQ(starts.size(), 64u);
  const auto logits = score(*engine_, codes, starts, kPublishedStep);
  for (std::size_t i = 0; i < logits.size(); ++i)
    EXPECT_TRUE(agrees(logits[i], golden.windows[i].logit)) << "window " << i;
}

INSTANTIATE_TEST_SUITE_P(On, EngineTest, testing::ValuesIn(engine_names()),
                         [](const auto& param_info) { return param_info.param; });

TEST(Factory, RefusesWhatIsNotThere) {
  const Model model = seeded_model(1);
  const auto hint = [&](const EngineOptions& options) {
    try {
      make_engine(model, options);
    } catch (const Error& error) {
      return error.hint;
    }
    return std::string();
  };
  EXPECT_NE(hint({.isa = "mmx"}).find(usable_isas().front()), std::string::npos);
  EXPECT_NE(hint({.device = "tpu"}), "");
  EXPECT_NE(hint({.threads = 0}), "");
  for (const auto& set : instruction_sets())
    if (!set.usable) {
      EXPECT_NE(hint({.isa = set.name}).find(usable_isas().front()), std::string::npos);
    }
}

TEST(Factory, AutoTakesTheBest) {
  const Model model = seeded_model(1);
  EXPECT_EQ(make_engine(model, {.device = "cpu"})->describe().isa, usable_isas().front());
  int chosen = 0;
  for (const auto& set : instruction_sets()) chosen += set.chosen;
  EXPECT_EQ(chosen, 1);
}

}  // namespace
}  // namespace iresweep::test
