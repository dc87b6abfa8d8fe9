// What only a GPU can show; every other test of the engine runs on it as well. SKIPPED without one.
#include <thread>

#include "iresweep/error.h"
#include "tests/engine/engines.h"

namespace iresweep::test {
namespace {

class GpuTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_gpu()) GTEST_SKIP() << "no GPU: " << find_gpus().none;
  }
  const Model model_ = seeded_model(71);
};

// The arbiter may take two engines for at most twice the tolerance apart.
TEST_F(GpuTest, AgreesWithTheCpu) {
  Random random(72);
  const auto codes = random_codes(random, 200'000, 0.01);
  const auto starts = tiled_starts(codes.size(), 50);
  const auto expected = score(*engine_for(model_, usable_isas().front(), 8192), codes, starts, 50);
  for (const std::string& name : engine_names()) {
    const auto found = score(*engine_for(model_, name, 8192), codes, starts, 50);
    for (std::size_t i = 0; i < starts.size(); ++i)
      ASSERT_TRUE(std::abs(exact_score(found[i]) - exact_score(expected[i])) <= 2 * kEveryScoreTolerance)
          << name << ", window " << i << ": " << found[i] << " for " << expected[i];
  }
}

TEST_F(GpuTest, EveryStreamGivesTheSameBits) {
  Random random(73);
  const auto codes = random_codes(random, 300'000, 0.01);
  const auto starts = tiled_starts(codes.size(), 50);
  const auto engine = engine_for(model_, "cuda_direct", 8192);
  const auto expected = score(*engine, codes, starts, 50);
  std::vector<int> wrong(std::size_t(engine->concurrency()) + 2);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong)
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) count += score(*engine, codes, starts, 50) != expected;
      });
  }
  EXPECT_EQ(std::count(wrong.begin(), wrong.end(), 0), std::ptrdiff_t(wrong.size()));
}

// More than any GPU has, also when halved; the device works on afterwards.
TEST_F(GpuTest, OutOfMemoryIsAnErrorWithAdvice) {
  try {
    engine_for(model_, "cuda_direct", std::size_t(1) << 23);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.what_failed.find("cudaErrorMemoryAllocation"), std::string::npos) << error.what_failed;
    EXPECT_NE(error.hint.find("--batch-windows"), std::string::npos);
  }
  Random random(74);
  const auto codes = random_codes(random, 400);
  const auto starts = tiled_starts(codes.size(), 50);
  expect_oracle(model_.network, codes, starts, score(*engine_for(model_, "cuda_direct", 0), codes, starts, 50));
}

}  // namespace
}  // namespace iresweep::test
