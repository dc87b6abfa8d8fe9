// Each kernel by itself against the oracle's layers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "iresweep/error.h"
#include "tests/cuda_on_host/chain.h"

namespace iresweep::test {
namespace {

// Five standard deviations of what rounding does to a float sum of so many products with partial sums below `bound`, a
// power of two: floats there lie bound / 2^24 apart, and every product errs somewhere within that distance.
double sum_tolerance(int terms, double bound) { return 5 * std::sqrt(terms / 12.0) * bound * 0x1p-24; }

// Features of these networks reach 30, and so do gates, in binary orders: neighbouring floats lie 2e-6 apart.
const double kFeatureTolerance = sum_tolerance(48, 32), kGateTolerance = sum_tolerance(kFeatures, 32);
// A step errs by about 7e-8: the exponentials by one or two units in the last place, of which half reaches the state.
// Three standard deviations of a whole window's steps, were none of them ever forgotten.
const double kStateTolerance = 3 * std::sqrt(double(kWindow)) * 7e-8;
// The head sums 32 products, partial sums below 16; its weights bring ten times the context's error of 2e-7 at most.
const double kLogitTolerance = sum_tolerance(kHidden, 16) + 10 * 2e-7;

double natural_gate(const Network& network, const std::vector<double>& features, int direction, int gate, int unit) {
  const Gru& gru = direction == 0 ? network.forward : network.backward;
  const int g = gate * kUnits + unit;
  double sum = gru.input_bias[g] + (gate < 2 ? double(gru.recurrent_bias[g]) : 0);
  for (int c = 0; c < kFeatures; ++c) sum += features[c] * double(gru.kernel[c][g]);
  return sum;
}

// What `gates` should hold: binary orders, clamped.
double gate_of(const NetworkOnDevice& on, const std::vector<double>& features, int direction, int gate, int unit) {
  const double orders = (gate < 2 ? 1 : 2) * std::numbers::log2e;
  const double limit = on.weights.constants.projection.limit[cuda::gate_column(direction, gate, unit)];
  return std::clamp(natural_gate(on.network, features, direction, gate, unit) * orders, -limit, limit);
}

template <class Body>
void for_each_gate(const Body& body) {
  for (int direction = 0; direction < 2; ++direction)
    for (int gate = 0; gate < 3; ++gate)
      for (int unit = 0; unit < kUnits; ++unit) body(direction, gate, unit);
}

class KernelsTest : public testing::Test {
 protected:
  KernelsTest() {
    Random random(51);
    packed_.add(random_codes(random, 174, 0.05), 1);
    packed_.add(random_codes(random, 431, 0.05), 50);
    packed_.add(random_codes(random, 190, 0.05), 1);
    for (std::size_t i = 0; i < packed_.starts.size(); ++i)
      layers_.push_back(reference::forward(on_.network, packed_.window(i)));
  }

  const cuda::Tables* tables() const { return on_.weights.tables.get(); }
  const cuda::Constants& constants() const { return on_.weights.constants; }

  // Gates of all windows from the oracle's features.
  void fill_gates(ChainRooms& rooms) const {
    for (std::size_t w = 0; w < layers_.size(); ++w)
      for (int t = 0; t < kWindow; ++t) {
        const bool left = t < kEnd, right = t >= kWindow - kEnd;
        const std::size_t end = std::size_t(left ? t : t - (kWindow - cuda::kEndColumns));
        float* to = left || right ? rooms.end_gates.data() + (w * cuda::kEndColumns + end) * kGates
                                  : rooms.gates.data() + (packed_.starts[w] + std::size_t(t)) * kGates;
        for_each_gate([&](int direction, int gate, int unit) {
          to[cuda::gate_column(direction, gate, unit)] =
              float(gate_of(on_, layers_[w].block2[std::size_t(t)], direction, gate, unit));
        });
      }
  }

  const NetworkOnDevice on_{seeded_network(50)};
  Packed packed_;
  std::vector<reference::Layers> layers_;
};

TEST_F(KernelsTest, EncodeTile) {
  const std::size_t pitch = packed_.bases.size() + 13;
  Room<BaseCode> bases(packed_.bases);
  Room<float> planes(4 * pitch);
  cuda::launch_encode_tile(bases.data(), packed_.bases.size(), {planes.data(), pitch, pitch}, nullptr);
  for (int c = 0; c < 4; ++c)
    for (std::size_t i = 0; i < pitch; ++i)
      ASSERT_EQ(planes[std::size_t(c) * pitch + i], i < packed_.bases.size() && packed_.bases[i] == c ? 1.0f : 0.0f);
}

TEST_F(KernelsTest, ConvDirectGivesTheFeaturesAwayFromAllEnds) {
  ChainRooms rooms(packed_);
  const cuda::Plane plane = rooms.feature_plane();
  cuda::launch_conv_direct(tables(), constants().second, rooms.bases.data(), packed_.bases.size(), plane, nullptr);
  for (std::size_t w = 0; w < layers_.size(); ++w)
    for (int t = kEnd; t < kWindow - kEnd; ++t)
      for (int c = 0; c < kFeatures; ++c) {
        const float found = plane.data[std::size_t(c) * plane.pitch + packed_.starts[w] + std::size_t(t)];
        const double expected = layers_[w].block2[std::size_t(t)][std::size_t(c)];
        ASSERT_TRUE(std::abs(found - expected) <= kFeatureTolerance) << w << " " << t << " " << c << ": " << found;
      }
  for (int c = 0; c < kFeatures; ++c)  // what lies between the planes is left alone
    for (std::size_t i = plane.count; i < plane.pitch; ++i)
      ASSERT_TRUE(std::isnan(plane.data[std::size_t(c) * plane.pitch + i]));
}

TEST_F(KernelsTest, WindowEndsSeeZeroPadding) {
  ChainRooms rooms(packed_);
  const cuda::Plane plane = rooms.workspace().end_features;
  cuda::launch_window_ends(tables(), constants().second, rooms.batch(), plane, nullptr);
  for (std::size_t w = 0; w < layers_.size(); ++w)
    for (int e = 0; e < cuda::kEndColumns; ++e)
      for (int c = 0; c < kFeatures; ++c) {
        const std::size_t t = std::size_t(e < kEnd ? e : kWindow - cuda::kEndColumns + e);
        const std::size_t column = w * cuda::kEndColumns + std::size_t(e);
        const float found = plane.data[std::size_t(c) * plane.pitch + column];
        const double expected = layers_[w].block2[t][std::size_t(c)];
        ASSERT_TRUE(std::abs(found - expected) <= kFeatureTolerance) << w << " " << t << " " << c << ": " << found;
      }
}

TEST_F(KernelsTest, ProjectGivesClampedGatesInOrder) {
  constexpr std::size_t kCount = 300, kPitch = 307;
  Random random(52);
  Room<float> features(kFeatures * kPitch), gates(kCount * kGates);
  for (float& x : features.span()) x = float(random.uniform(0, 3));
  for (int c = 0; c < kFeatures; ++c) features[std::size_t(c) * kPitch] = 1e4f;  // saturates
  cuda::launch_project(constants().projection, {features.data(), kCount, kPitch}, gates.data(), nullptr);
  for (std::size_t i = 0; i < kCount; ++i) {
    std::vector<double> column;
    for (std::size_t c = 0; c < kFeatures; ++c) column.push_back(features[c * kPitch + i]);
    for_each_gate([&](int direction, int gate, int unit) {
      const float found = gates[i * kGates + std::size_t(cuda::gate_column(direction, gate, unit))];
      const double expected = gate_of(on_, column, direction, gate, unit);
      ASSERT_TRUE(std::abs(found - expected) <= kGateTolerance) << i << ": " << found << " for " << expected;
    });
  }
}

TEST_F(KernelsTest, BigruLeavesTheStatesOfBothFirstHalves) {
  ChainRooms rooms(packed_);
  fill_gates(rooms);
  cuda::launch_bigru(tables(), rooms.batch(), rooms.workspace(), nullptr);
  const std::size_t windows = layers_.size();
  for (std::size_t w = 0; w < windows; ++w)
    for (int step = 0; step < cuda::kHalf; ++step)
      for (int direction = 0; direction < 2; ++direction)
        for (int unit = 0; unit < kUnits; ++unit) {
          const std::size_t t = std::size_t(direction == 0 ? step : kWindow - 1 - step);
          const std::size_t at = ((std::size_t(step) * windows + w) * 2 + std::size_t(direction)) * kUnits;
          const float found = rooms.states[at + std::size_t(unit)];
          const double expected = layers_[w].gru[t][std::size_t(direction) * kUnits + std::size_t(unit)];
          ASSERT_TRUE(std::abs(found - expected) <= kStateTolerance) << w << " " << t << ": " << found;
        }
}

TEST_F(KernelsTest, AttentionGivesTheContextAndHeadTheLogit) {
  ChainRooms rooms(packed_);
  fill_gates(rooms);
  cuda::launch_bigru(tables(), rooms.batch(), rooms.workspace(), nullptr);
  cuda::launch_attention(tables(), rooms.batch(), rooms.workspace(), nullptr);
  cuda::launch_head(constants().head, rooms.context.data(), layers_.size(), rooms.logits.data(), nullptr);
  for (std::size_t w = 0; w < layers_.size(); ++w) {
    for (std::size_t c = 0; c < kContext; ++c)
      ASSERT_TRUE(std::abs(rooms.context[w * kContext + c] - layers_[w].context[c]) <= kStateTolerance) << w;
    ASSERT_TRUE(std::abs(rooms.logits[w] - layers_[w].logit) <= kLogitTolerance) << w;
  }
}

// More windows than a block has threads.
TEST_F(KernelsTest, HeadTakesContextsToLogits) {
  constexpr std::size_t kCount = 301;
  Random random(53);
  Room<float> context(kCount * kContext), logits(kCount);
  for (float& x : context.span()) x = float(random.uniform(-1, 1));
  const cuda::Head& head = constants().head;
  cuda::launch_head(head, context.data(), kCount, logits.data(), nullptr);
  for (std::size_t w = 0; w < kCount; ++w) {
    double expected = head.output_bias;
    for (int unit = 0; unit < kHidden; ++unit) {
      double sum = head.hidden_bias[unit];
      for (std::size_t c = 0; c < kContext; ++c) sum += double(context[w * kContext + c]) * head.hidden[c][unit];
      expected += std::max(0.0, sum) * head.output[unit];
    }
    ASSERT_TRUE(std::abs(logits[w] - expected) <= sum_tolerance(kHidden, 16)) << w << ": " << logits[w];
  }
}

// A mistake of the caller is an error before any kernel runs.
TEST_F(KernelsTest, SizesThatDoNotFitAreErrors) {
  ChainRooms rooms(packed_);
  cuda::Plane narrow = rooms.feature_plane();
  narrow.pitch = narrow.count - 1;
  EXPECT_THROW(cuda::launch_project(constants().projection, narrow, rooms.gates.data(), nullptr), Error);
  EXPECT_THROW(cuda::launch_conv_direct(tables(), constants().second, rooms.bases.data(), packed_.bases.size() - 1,
                                        rooms.feature_plane(), nullptr),
               Error);
  EXPECT_THROW(cuda::launch_window_ends(tables(), constants().second, rooms.batch(), rooms.feature_plane(), nullptr),
               Error);
  cuda::DeviceBatch batch = rooms.batch();
  batch.base_count = kWindow - 1;
  EXPECT_THROW(cuda::launch_bigru(tables(), batch, rooms.workspace(), nullptr), Error);
  batch.window_count = std::size_t(1) << 40;
  EXPECT_THROW(cuda::launch_attention(tables(), batch, rooms.workspace(), nullptr), Error);
}

TEST_F(KernelsTest, NothingToDoIsNoError) {
  const NetworkOnDevice& on = on_;
  cuda::launch_score(on.weights.tables.get(), on.weights.constants, {}, {}, {}, nullptr, nullptr);
  cuda::launch_conv_direct(on.weights.tables.get(), on.weights.constants.second, nullptr, 0, {}, nullptr);
  cuda::launch_encode_tile(nullptr, 0, {}, nullptr);
}

}  // namespace
}  // namespace iresweep::test
