// The pipeline with an engine that adds up codes: order, sameness, errors, stops. Run it under tsan too.
#include "host/scan/pipeline.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "iresweep/error.h"
#include "tests/support/seeded_network.h"

namespace iresweep {
namespace {

class SumBatch : public Batch {
 public:
  explicit SumBatch(std::atomic<int>& alive) : alive_(alive), bases_(kWindow), starts_(1), logits_(1) {
    bases = bases_, starts = starts_, logits = logits_;
    ++alive_;
  }
  ~SumBatch() override { --alive_; }

 private:
  std::atomic<int>& alive_;
  std::vector<BaseCode> bases_;
  std::vector<std::uint32_t> starts_;
  std::vector<float> logits_;
};

/// Logit: the sum of the window's codes. Waits now and then, so that batches overtake each other.
class SumEngine : public Engine {
 public:
  explicit SumEngine(int concurrency) : concurrency_(concurrency) {}
  ~SumEngine() override { EXPECT_EQ(batches_alive, 0) << "a batch outlived its engine"; }

  std::unique_ptr<Batch> make_batch() override {
    ++batches_made;
    return std::make_unique<SumBatch>(batches_alive);
  }
  void score(Batch& batch) override {
    int sum = 0;
    for (const BaseCode code : batch.bases) sum += code;
    if (sum % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100 * (sum % 7)));
    batch.logits[0] = float(sum);
  }
  int concurrency() const override { return concurrency_; }
  Description describe() const override { return {"sum", "none", "sum"}; }

  std::atomic<int> batches_alive = 0;
  int batches_made = 0;

 private:
  const int concurrency_;
};

/// `count` batches of one random window.
struct Input {
  std::uint64_t count;
  test::Random random{7};
  bool fill(Job& job) {
    if (job.serial == count) return false;
    for (BaseCode& code : job.batch->bases) code = BaseCode(random.below(5));
    job.batch->base_count = kWindow;
    job.batch->window_count = 1;
    return true;
  }
};

struct Outcome {
  std::vector<std::uint64_t> serials;
  std::vector<float> logits;
  std::string error;
  PipelineStatistics statistics;
  bool operator==(const Outcome& other) const {
    return serials == other.serials && logits == other.logits && error == other.error;
  }
};

struct Faults {
  std::optional<std::uint64_t> fill{}, score{}, take{};  ///< serial at which the stage throws
};

Outcome run(int threads, std::uint64_t count, Faults faults = {}) {
  SumEngine engine(threads);
  Input input{count};
  Outcome outcome;
  PipelineStages stages{
      .fill =
          [&](Job& job) {
            if (faults.fill == job.serial) throw Error("fill", "", "");
            return input.fill(job);
          },
      .score =
          [&](Job& job) {
            if (faults.score && job.serial >= *faults.score) throw Error("score", "", "");
            engine.score(*job.batch);
          },
      .take =
          [&](const Job& job) {
            if (faults.take == job.serial) throw Error("take", "", "");
            outcome.serials.push_back(job.serial);
            outcome.logits.push_back(job.batch->logits[0]);
          },
  };
  try {
    outcome.statistics = run_pipeline(engine, stages);
  } catch (const Error& error) {
    outcome.error = error.what_failed;
  }
  EXPECT_EQ(engine.batches_made, threads + 2);
  return outcome;
}

TEST(Pipeline, KeepsTheOrderForAnyNumberOfThreads) {
  const Outcome expected = run(1, 300);
  ASSERT_EQ(expected.serials.size(), 300u);
  for (std::uint64_t i = 0; i < 300; ++i) EXPECT_EQ(expected.serials[i], i);
  EXPECT_EQ(expected.statistics.batches, 300u);
  EXPECT_EQ(expected.statistics.windows, 300u);
  EXPECT_FALSE(expected.statistics.stopped);
  for (int threads = 2; threads <= 7; ++threads) EXPECT_TRUE(run(threads, 300) == expected) << threads << " threads";
}

TEST(Pipeline, EndsAtOnceWithoutInput) {
  const Outcome outcome = run(3, 0);
  EXPECT_TRUE(outcome.serials.empty());
  EXPECT_EQ(outcome.error, "");
}

TEST(Pipeline, CarriesAnErrorOutAfterAllBatchesBeforeIt) {
  for (int threads = 1; threads <= 7; ++threads)
    for (const auto& [faults, error] : {std::pair{Faults{.fill = 40}, "fill"},
                                        {Faults{.score = 40}, "score"},
                                        {Faults{.take = 40}, "take"},
                                        {Faults{.fill = 60, .score = 40}, "score"},
                                        {Faults{.fill = 40, .take = 60}, "fill"}}) {
      const Outcome outcome = run(threads, 300, faults);
      EXPECT_EQ(outcome.error, error) << threads << " threads";
      EXPECT_EQ(outcome.serials.size(), 40u) << threads << " threads";
    }
}

TEST(Pipeline, CarriesAnErrorOfTheFirstBatch) {
  EXPECT_EQ(run(2, 10, {.fill = 0}).error, "fill");
  EXPECT_EQ(run(2, 10, {.score = 0}).error, "score");
  EXPECT_EQ(run(2, 10, {.take = 0}).error, "take");
}

TEST(Pipeline, StopsWhenAskedFromAnyStage) {
  for (const char* from : {"fill", "score", "take"})
    for (int threads = 1; threads <= 4; ++threads) {
      SumEngine engine(threads);
      Input input{~std::uint64_t(0)};  // without end: only the stop ends it
      std::stop_source stop;
      const auto stop_here = [&](const char* stage, const Job& job) {
        if (stage == std::string(from) && job.serial == 20) stop.request_stop();
      };
      std::uint64_t taken = 0;
      PipelineStages stages{
          .fill = [&](Job& job) { return stop_here("fill", job), input.fill(job); },
          .score = [&](Job& job) { stop_here("score", job), engine.score(*job.batch); },
          .take = [&](const Job& job) { stop_here("take", job), ++taken; },
      };
      const auto statistics = run_pipeline(engine, stages, stop.get_token());
      EXPECT_TRUE(statistics.stopped);
      EXPECT_EQ(statistics.batches, taken);
      EXPECT_LT(taken, 20u + unsigned(threads) + 3) << from;
    }
}

TEST(Pipeline, DoesNothingWhenStoppedBeforehand) {
  SumEngine engine(2);
  std::stop_source stop;
  stop.request_stop();
  PipelineStages stages{.fill = [](Job&) { return true; }, .score = [](Job&) {}, .take = [](const Job&) { FAIL(); }};
  EXPECT_TRUE(run_pipeline(engine, stages, stop.get_token()).stopped);
}

TEST(Pipeline, NamesItsThreads) {
  SumEngine engine(2);
  Input input{2};
  std::mutex mutex;
  std::set<std::string> names;
  const auto note_name = [&] {
    char name[16];
    pthread_getname_np(pthread_self(), name, sizeof name);
    const std::scoped_lock lock(mutex);
    names.insert(name);
  };
  std::latch both(2);  // neither thread can take both jobs
  PipelineStages stages{
      .fill = [&](Job& job) { return note_name(), input.fill(job); },
      .score = [&](Job&) { note_name(), both.arrive_and_wait(); },
      .take = [](const Job&) {},
  };
  run_pipeline(engine, stages);
  EXPECT_EQ(names, (std::set<std::string>{"sweep-read", "sweep-score-0", "sweep-score-1"}));
}

}  // namespace
}  // namespace iresweep
