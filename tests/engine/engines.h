// Helpers of the engine tests: every kernel that this machine can run, batches filled by hand, and the oracle.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "host/engine/devices.h"
#include "host/scan/arbiter.h"
#include "iresweep/engine.h"
#include "iresweep/error.h"
#include "kernels/cpu/kernel.h"
#include "kernels/reference/forward.h"
#include "tests/support/seeded_network.h"

namespace iresweep::test {

/// Bounds of the design, in score: of every window, and of 99.9% of real ones. A score near 0 or 1 hides much, so every
/// logit is held to kLogitTolerance as well, on which the arbiter relies.
inline constexpr double kEveryScoreTolerance = 1e-5, kUsualScoreTolerance = 3e-6;

inline std::vector<cpu::Kernel> usable_kernels() {
  std::vector<cpu::Kernel> list;
  for (const auto& [kernel, usable] : cpu::kernels())
    if (usable) list.push_back(kernel);
  return list;
}

inline std::vector<std::string> usable_isas() {
  std::vector<std::string> names;
  for (const auto& set : instruction_sets())
    if (set.usable) names.push_back(set.name);
  return names;
}

inline Model seeded_model(std::uint64_t seed) {
  Model model;
  model.network = seeded_network(seed);
  return model;
}

inline bool has_gpu() {
  const Gpus gpus = find_gpus();
  return std::any_of(gpus.list.begin(), gpus.list.end(), [](const Gpu& gpu) { return gpu.fault.empty(); });
}

/// What engine_for() takes: an instruction set, or "cuda_" and who computes the convolutions.
inline std::unique_ptr<Engine> engine_for(const Model& model, const std::string& name, std::size_t batch_windows) {
  constexpr std::string_view cuda = "cuda_";
  EngineOptions options;
  options.batch_windows = batch_windows;
  if (name.starts_with(cuda)) {
    options.device = "cuda";
    options.conv = name.substr(cuda.size());
  } else {
    options.device = "cpu";
    options.isa = name;
  }
  return make_engine(model, options);
}

/// Every engine of this machine: its instruction sets and, where there is a GPU, both ways to convolve on it (cuDNN
/// where it can be opened).
inline std::vector<std::string> engine_names() {
  auto names = usable_isas();
  if (!has_gpu()) return names;
  names.emplace_back("cuda_direct");
  try {
    engine_for(seeded_model(1), "cuda_cudnn", 64);
    names.emplace_back("cuda_cudnn");
  } catch (const Error&) {
    // No cuDNN here: the list of tests shows it.
  }
  return names;
}

/// Starts 0, step, ... and, like the tiler, one that ends at the sequence's end.
inline std::vector<std::uint32_t> tiled_starts(std::size_t length, int step) {
  std::vector<std::uint32_t> starts;
  for (std::size_t start = 0; start + kWindow <= length; start += std::size_t(step))
    starts.push_back(std::uint32_t(start));
  if (const auto last = std::uint32_t(length - kWindow); starts.back() != last) starts.push_back(last);
  return starts;
}

/// Logits of the windows at `starts`, in one batch with the given hint.
inline std::vector<float> score(Engine& engine, const std::vector<BaseCode>& codes,
                                const std::vector<std::uint32_t>& starts, int step) {
  const auto batch = engine.make_batch();
  if (codes.size() > batch->bases.size() || starts.size() > batch->starts.size())
    throw std::runtime_error("the test's batch is too small");
  std::copy(codes.begin(), codes.end(), batch->bases.begin());
  std::copy(starts.begin(), starts.end(), batch->starts.begin());
  batch->base_count = codes.size();
  batch->window_count = starts.size();
  batch->step = step;
  engine.score(*batch);
  return {batch->logits.begin(), batch->logits.begin() + std::ptrdiff_t(starts.size())};
}

inline double oracle_logit(const Network& network, const std::vector<BaseCode>& codes, std::uint32_t start) {
  return reference::logit(network, std::span<const BaseCode, kWindow>(codes.data() + start, kWindow));
}

inline double exact_score(double logit) { return 1 / (1 + std::exp(-logit)); }

/// One window's logit against the oracle's.
inline testing::AssertionResult agrees(float logit, double expected) {
  const double difference = std::abs(exact_score(logit) - exact_score(expected));
  if (difference <= kEveryScoreTolerance && std::abs(logit - expected) <= kLogitTolerance)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << "logit " << logit << ", by the oracle " << expected << ", scores " << difference
                                     << " apart";
}

/// Checks every window against the oracle.
inline void expect_oracle(const Network& network, const std::vector<BaseCode>& codes,
                          const std::vector<std::uint32_t>& starts, const std::vector<float>& logits) {
  ASSERT_EQ(starts.size(), logits.size());
  for (std::size_t i = 0; i < starts.size(); ++i)
    ASSERT_TRUE(agrees(logits[i], oracle_logit(network, codes, starts[i]))) << "window " << i << " at " << starts[i];
}

}  // namespace iresweep::test
