// A device that errs is found out, whichever of its streams does.
#include "host/engine/self_test.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <utility>

#include "iresweep/error.h"
#include "tests/engine/engines.h"

namespace iresweep::test {
namespace {

/// A true engine whose logits are spoilt on the way out. Says that it has `calls` streams.
class SpoiltEngine : public Engine {
 public:
  using Spoil = std::function<void(int call, std::span<float> logits)>;
  SpoiltEngine(const Model& model, std::size_t windows, int calls, Spoil spoil)
      : engine_(make_engine(model, {.device = "cpu", .batch_windows = windows})),
        calls_(calls),
        spoil_(std::move(spoil)) {}
  std::unique_ptr<Batch> make_batch() override { return engine_->make_batch(); }
  void score(Batch& batch) override {
    engine_->score(batch);
    spoil_(++call_, batch.logits.first(batch.window_count));
  }
  int concurrency() const override { return calls_; }
  Description describe() const override { return engine_->describe(); }

 private:
  const std::unique_ptr<Engine> engine_;
  const int calls_;
  const Spoil spoil_;
  int call_ = 0;
};

class SelfTest : public testing::Test {
 protected:
  std::string fault(SpoiltEngine::Spoil spoil, std::size_t windows = 64) const {
    SpoiltEngine engine(model_, windows, 3, std::move(spoil));
    return self_test(engine, model_.network);
  }
  const Model model_ = seeded_model(61);
};

TEST_F(SelfTest, ATrueEnginePasses) {
  for (const std::size_t windows : {1, 2, 3, 64})
    EXPECT_EQ(fault([](int, std::span<float>) {}, windows), "") << windows;
}

TEST_F(SelfTest, OneWrongLogitOfTheLastCallIsFound) {
  const auto spoil = [](float by) {
    return [by](int call, std::span<float> logits) {
      if (call == 3) logits.back() += by;
    };
  };
  EXPECT_NE(fault(spoil(2e-3f)).find("instead of"), std::string::npos);
  EXPECT_NE(fault(spoil(std::numeric_limits<float>::quiet_NaN())).find("nan instead of"), std::string::npos);
}

TEST_F(SelfTest, AnErrorIsAFault) {
  EXPECT_EQ(fault([](int, std::span<float>) { throw Error("it broke", "cuda:7", ""); }), "it broke (cuda:7)");
}

}  // namespace
}  // namespace iresweep::test
