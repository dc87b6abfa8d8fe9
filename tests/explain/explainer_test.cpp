// Which windows are chosen, and that they come explained in order, whatever the threads.
#include "host/explain/explainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "host/input/fasta_source.h"
#include "host/scan/pipeline.h"
#include "host/scan/tiler.h"
#include "iresweep/error.h"
#include "iresweep/model.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"

namespace iresweep {
namespace {

// A window's logit is a tenth of its As and missing bases: the best can be told by hand.
double logit_of(std::span<const BaseCode, kWindow> codes) {
  return double(std::count(codes.begin(), codes.end(), 0)) / 10 +
         double(std::count(codes.begin(), codes.end(), kMissing));
}

struct Chosen {
  std::vector<ChosenWindow> windows;
  ChooserCounts counts;
};

Chosen choose(const std::string& fasta, WindowChoice choice, std::size_t batch_windows = 64, bool profiles = false) {
  const test::TemporaryFolder folder;
  const auto source = open_fasta({folder.write("x.fa", fasta)});
  test::FunctionEngine engine(logit_of, 1, batch_windows);
  const Network network = test::seeded_network(1);
  const Arbiter arbiter(network, std::nullopt);
  Tiler tiler(*source, {});
  Chosen chosen;
  WindowChooser chooser(
      choice, 8, arbiter, [&](ChosenWindow window) { chosen.windows.push_back(std::move(window)); }, profiles);
  run_pipeline(engine, {.fill = [&](Job& job) { return tiler.fill(job); },
                        .score = [&](Job& job) { engine.score(*job.batch); },
                        .take = [&](const Job& job) { chooser.take(job); }});
  chooser.finish();
  chosen.counts = chooser.counts();
  return chosen;
}

std::string record(const std::string& name, const std::string& bases) { return ">" + name + "\n" + bases + "\n"; }

TEST(WindowChooser, TakesTheBestWindowOfEachRecord) {
  const std::string fasta = record("a", std::string(200, 'C') + std::string(174, 'A') + std::string(100, 'G')) +
                            record("b", std::string(174, 'G')) + record("gap", std::string(300, 'N')) +
                            record("short", std::string(100, 'A')) + record("nearly", std::string(170, 'A'));
  for (const std::size_t batch : {1u, 3u, 64u}) {
    const Chosen chosen = choose(fasta, WindowChoice::best, batch);
    ASSERT_EQ(chosen.windows.size(), 3u) << batch;
    EXPECT_EQ(chosen.windows[0].place.start, 200);
    EXPECT_EQ(chosen.windows[0].base(0), 200);
    EXPECT_EQ(chosen.windows[1].record->name, "b");
    EXPECT_EQ(chosen.windows[2].record->name, "nearly");
    EXPECT_EQ(chosen.windows[2].base(3), -1);
    EXPECT_EQ(chosen.windows[2].base(4), 0);
    EXPECT_EQ(chosen.counts.records, 5u);
    EXPECT_EQ(chosen.counts.without_window, 2u);
    EXPECT_EQ(chosen.counts.missing, 5u);
  }
}

TEST(WindowChooser, TakesAllInOrder) {
  const Chosen chosen = choose(record("a", std::string(300, 'A')), WindowChoice::all, 2);
  std::vector<std::int64_t> starts;
  for (const ChosenWindow& window : chosen.windows) starts.push_back(window.place.start);
  EXPECT_EQ(starts, (std::vector<std::int64_t>{0, 50, 100, 126}));
}

TEST(WindowChooser, KeepsScoresAlongARecordOfTheHighestWindowSoFar) {
  const std::string fasta = record("a", std::string(200, 'C') + std::string(60, 'A')) +
                            record("b", std::string(300, 'C')) +
                            record("c", std::string(180, 'N') + std::string(220, 'A'));
  for (const WindowChoice choice : {WindowChoice::best, WindowChoice::all})
    for (const std::size_t batch : {1u, 2u, 64u}) {
      const Chosen chosen = choose(fasta, choice, batch, true);
      std::map<std::string, std::shared_ptr<const ScoreProfile>> profiles;
      for (const ChosenWindow& window : chosen.windows)
        if (window.profile) profiles[window.record->name] = window.profile;
      ASSERT_TRUE(profiles.contains("a") && profiles.contains("c") && profiles.size() == 2);
      EXPECT_EQ(profiles["a"]->start, (std::vector<std::int64_t>{0, 50, 86}));
      EXPECT_EQ(profiles["a"]->score[2], score_of(6));
      EXPECT_EQ(profiles["a"]->length, 260);
      EXPECT_EQ(profiles["c"]->windows, 6u);
      EXPECT_TRUE(std::isnan(profiles["c"]->score[0]));
      EXPECT_EQ(profiles["c"]->score[5], score_of(double(kWindow) / 10));
    }
  EXPECT_EQ(choose(fasta, WindowChoice::best).windows[0].profile, nullptr);
}

TEST(WindowChooser, NamesALogitThatIsNoNumber) {
  const Network network = test::seeded_network(1);
  const Arbiter arbiter(network, std::nullopt);
  WindowChooser chooser(WindowChoice::all, 8, arbiter, [](const ChosenWindow&) {});
  test::FunctionEngine engine([](auto) { return std::nan(""); });
  Job job;
  job.batch = engine.make_batch();
  job.segments.push_back({std::make_shared<const Record>(Record{"r", 0}), Strand::plus, 0, 1, true});
  job.places.push_back({0, kWindow, 0});
  job.batch->window_count = 1;
  engine.score(*job.batch);
  EXPECT_THROW(chooser.take(job), Error);
}

struct Kept : ExplanationSink {
  std::vector<Explanation> all;
  void write(const Explanation& explanation) override { all.push_back(explanation); }
};

ChosenWindow window_of(test::Random& random, std::uint64_t number) {
  ChosenWindow window;
  window.record = std::make_shared<const Record>(Record{std::to_string(number), number});
  window.place = {0, kWindow, 0};
  const auto codes = test::random_codes(random, kWindow);
  std::copy(codes.begin(), codes.end(), window.codes.begin());
  return window;
}

Kept explain(Engine& engine, int windows, ExplainerOptions options) {
  const Network network = test::seeded_network(1);
  Kept kept;
  Explainer explainer(engine, network, options, kept);
  test::Random random(1);
  for (int i = 0; i < windows; ++i) explainer.take(window_of(random, std::uint64_t(i)));
  explainer.finish();
  EXPECT_EQ(explainer.explained(), kept.all.size());
  return kept;
}

TEST(Explainer, HandsOnInOrderWhateverTheThreads) {
  test::FunctionEngine engine(logit_of);
  const Kept one = explain(engine, 300, {.attribution = false, .mutagenesis = true, .deletion = 2, .threads = 1});
  const Kept three = explain(engine, 300, {.attribution = false, .mutagenesis = true, .deletion = 2, .threads = 3});
  ASSERT_EQ(one.all.size(), 300u);
  ASSERT_EQ(three.all.size(), 300u);
  for (std::size_t i = 0; i < one.all.size(); ++i) {
    EXPECT_EQ(one.all[i].window.record->index, i);
    EXPECT_EQ(three.all[i].window.codes, one.all[i].window.codes);
    EXPECT_EQ(three.all[i].mutations->substitution, one.all[i].mutations->substitution);
    EXPECT_EQ(three.all[i].mutations->deletion, one.all[i].mutations->deletion);
    EXPECT_FALSE(one.all[i].attribution.has_value());
  }
}

TEST(Explainer, AttributesOnSeveralThreadsToo) {
  test::FunctionEngine engine(logit_of);
  const Kept kept = explain(engine, 5, {.attribution = true, .mutagenesis = false, .deletion = 0, .threads = 2});
  ASSERT_EQ(kept.all.size(), 5u);
  const Network network = test::seeded_network(1);
  for (const Explanation& one : kept.all) {
    EXPECT_EQ(one.attribution->gradient, attribute(network, one.window.codes).gradient);
    EXPECT_FALSE(one.mutations.has_value());
  }
}

TEST(Explainer, FailsAsTheFirstWindowThatFails) {
  test::FunctionEngine engine(
      [](auto codes) -> double { throw std::runtime_error(codes[0] == 0 ? "first" : "other"); });
  const Network network = test::seeded_network(1);
  Kept kept;
  Explainer explainer(engine, network, {.attribution = false, .mutagenesis = true, .deletion = 0, .threads = 3}, kept);
  test::Random random(1);
  for (std::uint64_t i = 0; i < 40; ++i) {
    ChosenWindow window = window_of(random, i);
    window.codes[0] = i == 0 ? 0 : 1;
    explainer.take(window);
  }
  try {
    explainer.finish();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
  EXPECT_TRUE(kept.all.empty());
}

}  // namespace
}  // namespace iresweep
