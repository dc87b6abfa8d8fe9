// Each stage of every kernel against the oracle's layers.
#include <cmath>
#include <cstring>
#include <numbers>

#include "host/model/fold.h"
#include "iresweep/error.h"
#include "kernels/cpu/block.h"
#include "tests/engine/engines.h"

namespace iresweep::test {
namespace {

// Gates in natural units from the oracle's features: what the projection should hold before scaling and clamping.
double natural_gate(const Network& network, const std::vector<double>& features, int gate) {
  const Gru& gru = gate < kGateSet ? network.forward : network.backward;
  const int g = gate % kGateSet;
  double sum = gru.input_bias[g] + (g < 2 * kUnits ? double(gru.recurrent_bias[g]) : 0);
  for (int c = 0; c < kFeatures; ++c) sum += features[c] * double(gru.kernel[c][g]);
  return sum;
}

double folded_gate(const Network& network, const Folded& folded, const std::vector<double>& features, int gate) {
  const double unit = (gate % kGateSet < 2 * kUnits ? 1 : 2) * std::numbers::log2e / kLog2Scale;
  const double limit = folded.gate_limit[gate];
  return std::clamp(natural_gate(network, features, gate) * unit, -limit, limit);
}

reference::Layers layers_at(const Network& network, const std::vector<BaseCode>& codes, std::uint32_t start) {
  return reference::forward(network, std::span<const BaseCode, kWindow>(codes.data() + start, kWindow));
}

// Rounding of sums of 16 + 48 products of numbers of size 1, in units of kLog2Scale.
constexpr double kGateTolerance = 2e-6;

class StagesTest : public testing::TestWithParam<int> {  // the parameter is the step
 protected:
  const Network network_ = seeded_network(3);
  const Folded folded_ = fold(network_);
};

TEST_P(StagesTest, SharedGatesAreThoseOfEveryWindowAwayFromItsEnds) {
  const int step = GetParam();
  Random random(std::uint64_t(step) + 17);
  const std::vector<BaseCode> codes = random_codes(random, 40 * step + 600, 0.03);
  cpu::BaseRows rows(codes.size());
  rows.assign(codes);
  cpu::Block block;
  block.step = step;
  const std::uint32_t first = 5;
  for (std::uint32_t q = 0; q < 37u + cpu::columns_of_window(step); ++q)
    block.columns.push_back(first + q * std::uint32_t(step));
  for (const auto& kernel : usable_kernels()) {
    cpu::SharedGates gates(kernel);
    gates.reset(folded_, rows, block.columns, step);
    const std::uint32_t span = std::uint32_t(cpu::columns_of_window(step));
    for (const std::uint32_t window : {0u, 1u, 15u, 16u, 36u}) {
      gates.cover(window, window + span);
      const auto layers = layers_at(network_, codes, block.columns[window]);
      for (int t = kEnd; t < kWindow - kEnd; ++t)
        for (int gate = 0; gate < kGates; ++gate) {
          const std::size_t row = std::size_t(t % step) * kGates + std::size_t(gate);
          const std::size_t column = window + std::size_t(t / step) - gates.first_column();
          const float found = gates.data()[row * gates.pitch() + column];
          const double expected = folded_gate(network_, folded_, layers.block2[std::size_t(t)], gate);
          ASSERT_TRUE(std::abs(found - expected) <= kGateTolerance)
              << kernel.name << " window " << window << " position " << t << " gate " << gate << ": " << found
              << " for " << expected;
        }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Steps, StagesTest, testing::Values(1, 2, 3, 7, 50, 100, 173, 174));

TEST(Stages, WindowEndsSeeZeroPadding) {
  const Network network = seeded_network(4);
  const Folded folded = fold(network);
  Random random(8);
  const std::vector<BaseCode> codes = random_codes(random, 1500, 0.05);
  cpu::BaseRows rows(codes.size());
  rows.assign(codes);
  for (const auto& kernel : usable_kernels()) {
    const std::size_t group = std::size_t(kernel.group), floats = 2 * kEnd * kGates * group;
    for (const std::size_t windows : {std::size_t{1}, group - 1, group}) {
      std::vector<std::uint32_t> starts;
      for (std::size_t i = 0; i < windows; ++i) starts.push_back(std::uint32_t(i == 0 ? 0 : random.below(1326)));
      starts.back() = windows > 1 ? 1326 : 0;
      const auto ends = hwy::AllocateAligned<float>(floats + 64);
      constexpr float kSentinel = 12345;
      std::fill_n(ends.get(), floats + 64, kSentinel);
      cpu::BlockScorer(kernel).encode_ends(folded, rows, starts, ends.get());
      for (std::size_t i = 0; i < 64; ++i) ASSERT_EQ(ends[floats + i], kSentinel);
      for (std::size_t lane = 0; lane < windows; ++lane) {
        const auto layers = layers_at(network, codes, starts[lane]);
        for (int e = 0; e < 2 * kEnd; ++e)
          for (int gate = 0; gate < kGates; ++gate) {
            const int t = e < kEnd ? e : kWindow - 2 * kEnd + e;
            const float found = ends[std::size_t(e * kGates + gate) * group + lane];
            const double expected = folded_gate(network, folded, layers.block2[std::size_t(t)], gate);
            ASSERT_TRUE(std::abs(found - expected) <= kGateTolerance)
                << kernel.name << " lane " << lane << " position " << t << " gate " << gate << ": " << found << " for "
                << expected;
          }
      }
    }
  }
}

// The recurrence alone: gates from the oracle's features, columns with gaps as records leave them.
TEST(Stages, AttendGivesTheContextAcrossGapsOfColumns) {
  const Network network = seeded_network(5);
  const Folded folded = fold(network);
  Random random(9);
  for (const auto& kernel : usable_kernels()) {
    const std::size_t group = std::size_t(kernel.group), pitch = 4 * group;
    std::vector<float> shared(std::size_t(kWindow) * kGates * pitch + 2 * group, 0.25f);
    const auto ends = hwy::AllocateAligned<float>(2 * kEnd * kGates * group);
    cpu::GateSource source{shared.data(), pitch, kWindow, ends.get(), {}};
    std::vector<reference::Layers> windows;
    for (std::size_t lane = 0; lane < group; ++lane) {
      source.column[lane] = lane == 0 ? 0 : source.column[lane - 1] + 1 + (lane % 5 == 3 ? std::uint32_t(lane % 3) : 0);
      windows.push_back(layers_at(network, random_codes(random, kWindow), 0));
      for (int t = 0; t < kWindow; ++t)
        for (int gate = 0; gate < kGates; ++gate) {
          const float value = float(folded_gate(network, folded, windows.back().block2[std::size_t(t)], gate));
          const bool left = t < kEnd, right = t >= kWindow - kEnd;
          if (left || right)
            ends[std::size_t((left ? t : t - kWindow + 2 * kEnd) * kGates + gate) * group + lane] = value;
          else
            shared[std::size_t(t * kGates + gate) * pitch + source.column[lane]] = value;
        }
    }
    const auto states = hwy::AllocateAligned<float>(cpu::attend_floats(kernel.group));
    const auto context = hwy::AllocateAligned<float>(kContext * group);
    kernel.attend(folded, source, states.get(), context.get());
    std::vector<float> logits(group + 1, 77.0f);
    kernel.head(folded, context.get(), logits.data());
    EXPECT_EQ(logits[group], 77.0f);
    for (std::size_t lane = 0; lane < group; ++lane) {
      for (int c = 0; c < kContext; ++c)
        ASSERT_TRUE(std::abs(context[std::size_t(c) * group + lane] - windows[lane].context[std::size_t(c)]) <= 3e-6)
            << kernel.name << " lane " << lane << " context " << c;
      ASSERT_TRUE(std::abs(logits[lane] - windows[lane].logit) <= 1e-5) << kernel.name << " lane " << lane;
    }
  }
}

TEST(Fold, RefusesWeightsThatLeaveTheRangeOfFloat) {
  const Network good = seeded_network(6);
  Network network = good;
  network.forward.recurrent[0][0] = 100;
  EXPECT_THROW(fold(network), Error);
  network = good;
  network.attention.context[0] = 200;
  EXPECT_THROW(fold(network), Error);
  network = good;
  network.hidden.kernel[3][4] = NAN;
  EXPECT_THROW(fold(network), Error);
}

// Gates far beyond saturation: exact, because clamping them changes nothing that a float could show.
TEST(Fold, SaturatedGatesAreExact) {
  Model model = seeded_model(7);
  for (auto* gru : {&model.network.forward, &model.network.backward})
    for (auto& row : gru->kernel)
      for (float& weight : row) weight *= 300;
  Random random(5);
  const auto codes = random_codes(random, 700, 0.01);
  const auto starts = tiled_starts(codes.size(), 50);
  for (const auto& isa : usable_isas())
    expect_oracle(model.network, codes, starts, score(*engine_for(model, isa, 64), codes, starts, 50));
}

}  // namespace
}  // namespace iresweep::test
