// The CUDA engine, factory and all, over an emulated runtime and emulated kernels: its slots, its memory, its threads.
// Streams work in threads of their own and every block of memory is NaN at first, so what is not waited for shows.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

#include "host/engine/cuda/faults.h"
#include "host/engine/cuda/memory_plan.h"
#include "host/engine/device_clock.h"
#include "iresweep/error.h"
#include "tests/cuda_on_host/emulator/devices.h"
#include "tests/engine/engines.h"

namespace iresweep::test {
namespace {

using emulator::DeviceOptions;

EngineOptions on_cuda(std::size_t windows = 64, std::string conv = "direct", std::string device = "cuda") {
  EngineOptions options;
  options.device = std::move(device);
  options.batch_windows = windows;
  options.conv = std::move(conv);
  return options;
}

class CudaEngineTest : public testing::TestWithParam<std::string> {  // the parameter is who computes the convolutions
 protected:
  void SetUp() override { emulator::set_devices({DeviceOptions{}}); }
  std::unique_ptr<Engine> engine(std::size_t windows = 64) const {
    return make_engine(model_, on_cuda(windows, GetParam()));
  }

  const Model model_ = seeded_model(51);
};
INSTANTIATE_TEST_SUITE_P(Conv, CudaEngineTest, testing::Values("direct", "cudnn"),
                         [](const auto& param_info) { return param_info.param; });

TEST_P(CudaEngineTest, ScoresLikeTheOracleAtEveryStep) {
  const auto engine_ = engine();
  for (const int step : {1, 7, 50, 174}) {
    Random random(std::uint64_t(step) + 1);
    for (const int length : {174, 175, 600, 1100}) {
      const auto codes = random_codes(random, length, 0.02);
      auto starts = tiled_starts(codes.size(), step);
      if (starts.size() > 10) starts.erase(starts.begin() + 5, starts.end() - 5);
      expect_oracle(model_.network, codes, starts, score(*engine_, codes, starts, step));
    }
  }
}

// To the last bit: in whatever company, and wherever cuDNN's tiles are cut.
TEST_P(CudaEngineTest, AWindowsLogitDependsOnItsOwnBasesOnly) {
  Random random(52);
  const auto codes = random_codes(random, 1500, 0.01);
  const auto engine_ = engine();
  const auto starts = tiled_starts(codes.size(), 37);
  const auto expected = score(*engine_, codes, starts, 37);
  for (const std::size_t i : {std::size_t(0), std::size_t(3), std::size_t(6), starts.size() - 1}) {
    const std::vector<BaseCode> own(codes.begin() + starts[i], codes.begin() + starts[i] + kWindow);
    EXPECT_EQ(score(*engine_, own, {0}, 50).front(), expected[i]);
    EXPECT_EQ(score(*engine(3), own, {0}, 50).front(), expected[i]);
    EXPECT_EQ(score(*engine_, codes, {starts[i]}, 50).front(), expected[i]);
  }
}

TEST_P(CudaEngineTest, WritesNothingBeyondItsWindows) {
  const auto engine_ = engine(10);
  const auto batch = engine_->make_batch();
  ASSERT_EQ(batch->starts.size(), 10u);
  ASSERT_EQ(batch->logits.size(), 10u);
  ASSERT_GE(batch->bases.size(), std::size_t(kWindow));
  Random random(53);
  const auto codes = random_codes(random, 400);
  std::copy(codes.begin(), codes.end(), batch->bases.begin());
  std::fill(batch->logits.begin(), batch->logits.end(), 5.0f);
  batch->base_count = codes.size();
  engine_->score(*batch);  // no window at all
  EXPECT_EQ(std::count(batch->logits.begin(), batch->logits.end(), 5.0f), 10);
  batch->window_count = 3;
  for (std::uint32_t i = 0; i < 3; ++i) batch->starts[i] = 50 * i;
  engine_->score(*batch);
  EXPECT_EQ(std::count(batch->logits.begin(), batch->logits.end(), 5.0f), 7);
}

// More threads than slots, batches of many sizes, two GPUs: each batch gets its own answers, and both GPUs work.
TEST_P(CudaEngineTest, ManyThreadsOnTwoGpus) {
  emulator::set_devices({DeviceOptions{}, DeviceOptions{}});
  const auto engine_ = make_engine(model_, on_cuda(8, GetParam(), "cuda:0,1"));
  EXPECT_EQ(engine_->concurrency(), 6);
  Random random(54);
  struct Work {
    std::vector<BaseCode> codes;
    std::vector<std::uint32_t> starts;
    std::vector<float> logits;
  };
  std::vector<Work> all(16);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].codes = random_codes(random, kWindow + 40 * int(i % 5), 0.01);
    all[i].starts = tiled_starts(all[i].codes.size(), 50);
  }
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < engine_->concurrency() + 1; ++i)
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < all.size(); at = next++)
          all[at].logits = score(*engine_, all[at].codes, all[at].starts, 50);
      });
  }
  for (const Work& work : all) expect_oracle(model_.network, work.codes, work.starts, work.logits);
  for (const std::size_t kernels : emulator::counts().kernels) EXPECT_GT(kernels, 0u);
}

TEST_P(CudaEngineTest, AllocatesNothingInTheLoopAndGivesEverythingBack) {
  {
    const auto engine_ = engine(8);
    const auto batch = engine_->make_batch();
    Random random(55);
    const auto codes = random_codes(random, 400);
    std::copy(codes.begin(), codes.end(), batch->bases.begin());
    batch->base_count = codes.size();
    batch->window_count = 4;
    std::iota(batch->starts.begin(), batch->starts.begin() + 4, 11u);
    const auto before = emulator::counts();
    for (int i = 0; i < 3; ++i) engine_->score(*batch);
    const auto after = emulator::counts();
    EXPECT_EQ(after.allocations, before.allocations);
    EXPECT_EQ(after.live_streams, before.live_streams);
    EXPECT_EQ(after.live_events, before.live_events);
    EXPECT_GT(after.kernels[0], before.kernels[0]);
    const auto busy = dynamic_cast<const DeviceClock&>(*engine_).busy();
    ASSERT_EQ(busy.size(), 1u);
    EXPECT_EQ(busy[0].device, "cuda:0");
    EXPECT_GT(busy[0].seconds, 0);
  }
  const auto end = emulator::counts();
  EXPECT_EQ(end.live_allocations + end.live_streams + end.live_events, 0u);
}

// A kernel that fails is an error of its batch; the engine can still be destroyed.
TEST_P(CudaEngineTest, AFailedKernelIsAnError) {
  const auto engine_ = engine(8);
  Random random(56);
  const auto codes = random_codes(random, 300);
  emulator::fail_kernel(4);
  try {
    score(*engine_, codes, {0, 50}, 50);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.what_failed.find("cudaErrorLaunchFailure"), std::string::npos) << error.what_failed;
    EXPECT_NE(error.where.find("cuda:0"), std::string::npos);
  }
}

class MemoryTest : public testing::Test {
 protected:
  static std::size_t bytes_for(std::size_t windows) { return 3 * cuda::lay_out_slot(windows, {}).bytes + (2u << 20); }
  const Model model_ = seeded_model(57);
};

TEST_F(MemoryTest, ChoosesTheBatchByWhatIsFree) {
  emulator::set_devices({{.memory = bytes_for(1024) * 5 / 4}});
  const auto engine = make_engine(model_, on_cuda(0));
  EXPECT_EQ(engine->make_batch()->starts.size(), 1024u);
  EXPECT_EQ(engine->describe().text,
            "cuda:0, Emulator (sm_90), direct convolutions, 3 streams, batches of 1024 windows");
  EXPECT_EQ(engine->describe().kind, "cuda");
  EXPECT_EQ(engine->describe().isa, "sm_90");
}

TEST_F(MemoryTest, TheSmallestOfSeveralGpusDecides) {
  emulator::set_devices({{.memory = bytes_for(2048) * 5 / 4}, {.memory = bytes_for(1024) * 5 / 4}});
  EXPECT_EQ(make_engine(model_, on_cuda(0, "direct", "cuda:0,1"))->make_batch()->starts.size(), 1024u);
}

TEST_F(MemoryTest, TooLittleIsAnErrorAtOnce) {
  emulator::set_devices({{.memory = bytes_for(256)}});
  EXPECT_THROW(make_engine(model_, on_cuda(0)), cuda::OutOfDeviceMemory);
  EXPECT_EQ(emulator::counts().live_allocations, 0u);
}

// Less than was promised, as when another program takes it in between.
TEST_F(MemoryTest, HalvesOnce) {
  emulator::set_devices({{.memory = bytes_for(512), .said_free = std::size_t(1) << 27}});
  {
    const auto engine = make_engine(model_, on_cuda(0));
    EXPECT_EQ(engine->make_batch()->starts.size(), 512u);
    EXPECT_NE(engine->describe().text.find("512 windows (halved"), std::string::npos) << engine->describe().text;
    Random random(58);
    const auto codes = random_codes(random, 300);
    expect_oracle(model_.network, codes, {0, 61}, score(*engine, codes, {0, 61}, 50));
  }
  emulator::set_devices({{.memory = bytes_for(256), .said_free = std::size_t(1) << 27}});
  try {
    make_engine(model_, on_cuda(0));
    FAIL() << "no error";
  } catch (const cuda::OutOfDeviceMemory& error) {
    EXPECT_NE(error.hint.find("--batch-windows"), std::string::npos);
    EXPECT_NE(error.where.find("cudaMalloc"), std::string::npos);
  }
  EXPECT_EQ(emulator::counts().live_allocations, 0u);
}

class FactoryTest : public testing::Test {
 protected:
  Error error_of(const EngineOptions& options) const {
    try {
      make_engine(model_, options);
    } catch (const Error& error) {
      return error;
    }
    return {"no error", "", ""};
  }
  const Model model_ = seeded_model(59);
};

TEST_F(FactoryTest, AutoTakesTheFirstGpuThatTheBuildHasCodeFor) {
  emulator::set_devices({{.major = 8, .minor = 0}, {}, {}});
  const auto options = on_cuda(8, "direct", "auto");
  const auto description = make_engine(model_, options)->describe();
  EXPECT_TRUE(description.text.starts_with("cuda:1, ")) << description.text;
  EXPECT_NE(description.why.find("3 GPUs"), std::string::npos) << description.why;
}

// A GPU that errs when it is first used: `auto` goes on without it, and whoever asked for it is told.
TEST_F(FactoryTest, AGpuThatFailsItsSelfTestIsNotUsed) {
  emulator::set_devices({{}});
  emulator::fail_kernel(7);
  const auto description = make_engine(model_, on_cuda(8, "direct", "auto"))->describe();
  EXPECT_EQ(description.kind, "cpu");
  EXPECT_NE(description.why.find("failed its self-test"), std::string::npos) << description.why;
  EXPECT_EQ(emulator::counts().live_allocations, 0u);
  emulator::set_devices({{}});
  emulator::fail_kernel(7);
  const Error error = error_of(on_cuda(8));
  EXPECT_NE(error.what_failed.find("cudaErrorLaunchFailure"), std::string::npos) << error.what_failed;
  EXPECT_EQ(error.where, "cuda:0, Emulator");
}

TEST_F(FactoryTest, AutoFallsBackToTheCpuAndSaysWhy) {
  emulator::set_devices({});
  const auto automatic = on_cuda(8, "direct", "auto");
  EXPECT_EQ(make_engine(model_, automatic)->describe().kind, "cpu");
  EXPECT_EQ(make_engine(model_, automatic)->describe().why, "no NVIDIA driver is installed");
  emulator::set_devices({{.major = 8, .minor = 0}});
  EXPECT_NE(make_engine(model_, automatic)->describe().why.find("no code for sm_80"), std::string::npos);
  emulator::set_devices({{}});
  EngineOptions with_isa = on_cuda(8, "direct", "auto");
  with_isa.isa = usable_isas().front();
  EXPECT_EQ(make_engine(model_, with_isa)->describe().kind, "cpu");
}

TEST_F(FactoryTest, WhatIsAskedForAndNotThereIsAnError) {
  emulator::set_devices({});
  EXPECT_EQ(error_of(on_cuda(8)).what_failed, "no GPU can be used: no NVIDIA driver is installed");
  EXPECT_EQ(error_of(on_cuda(8, "direct", "cuda:0")).what_failed, "no GPU can be used: no NVIDIA driver is installed");
  emulator::set_devices({{}, {.major = 8, .minor = 0}});
  EXPECT_EQ(error_of(on_cuda(8, "direct", "cuda:2")).what_failed, "there is no such GPU");
  EXPECT_NE(error_of(on_cuda(8, "direct", "cuda:0,1")).what_failed.find("no code for sm_80"), std::string::npos);
  EXPECT_NE(error_of(on_cuda(8, "winograd")).hint.find("direct or cudnn"), std::string::npos);
  EngineOptions with_isa = on_cuda(8);
  with_isa.isa = usable_isas().front();
  EXPECT_NE(error_of(with_isa).hint.find("--isa"), std::string::npos);
}

}  // namespace
}  // namespace iresweep::test
