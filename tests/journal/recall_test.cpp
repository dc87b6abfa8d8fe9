// Runs that stop anywhere and go on with batches of another size: every window gets its logit, and is scored once.
#include "host/journal/recall.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/journal/recorder.h"
#include "host/scan/best_window.h"
#include "host/scan/tiler.h"
#include "tests/journal/walked.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_source.h"

namespace iresweep {
namespace {

const RunFacts kTestFacts = {{"what", "a test"}};

struct Outcome {
  Logits logits;
  std::uint64_t scored = 0, recalled = 0;
};

// A run that takes `most_jobs` jobs; a journal at `output` is gone on with, and stays.
Outcome run(const std::string& output, std::size_t batch_windows, std::size_t most_jobs,
            const std::vector<std::string>& input = texts()) {
  Outcome outcome;
  test::FunctionEngine engine(
      [&outcome](std::span<const BaseCode, kWindow> codes) {
        ++outcome.scored;
        double sum = 0;
        for (std::size_t i = 0; i < kWindow; ++i) sum += double(codes[i]) * double(i % 17);
        return sum;
      },
      1, batch_windows);
  JournalFile journal(output);
  if (journal.contents().facts)
    journal.go_on();
  else
    journal.begin(kTestFacts);
  Recall recall({&journal});
  Recorder recorder(journal);
  test::TextSource source(input, 97);
  Tiler tiler(source, {.step = 20, .plus = true, .minus = true});
  Job job;
  job.batch = engine.make_batch();
  std::size_t jobs = 0;
  for (; jobs < most_jobs && tiler.fill(job); ++jobs) {
    recall.recall(job);
    score_unknown(engine, *job.batch);
    recorder.record(job);
    for (const Segment& segment : job.segments)
      for (std::size_t i = 0; i < segment.count; ++i)
        outcome.logits[{segment.record->index, char(segment.strand)}].push_back(window_of(segment, job, i).logit);
  }
  if (jobs < most_jobs) recall.finish();
  outcome.recalled = recall.windows();
  return outcome;
}

TEST(Recall, GivesEveryWindowItsLogitAndScoresNoneTwice) {
  const test::TemporaryFolder folder;
  const Outcome whole = run(folder.path("whole"), 64, 1000);
  ASSERT_GT(whole.scored, 150u);
  for (const std::size_t first : {1, 2, 7, 64})
    for (const std::size_t then : {1, 3, 10, 64})
      for (const std::size_t jobs : {0, 1, 2, 5, 1000}) {
        const std::string output = folder.path(std::to_string(first * 100000 + then * 1000 + jobs));
        const std::uint64_t before = run(output, first, jobs).scored;
        const Outcome middle = run(output, then, jobs), last = run(output, first, 1000);
        EXPECT_EQ(last.logits, whole.logits) << first << ", " << then << ", " << jobs;
        EXPECT_EQ(last.recalled, before + middle.scored);
        EXPECT_EQ(before + middle.scored + last.scored, whole.scored);
      }
}

TEST(Recall, NoticesAnotherInput) {
  const test::TemporaryFolder folder;
  const auto scored = texts();
  for (const auto& [record, base] : {std::pair<std::size_t, std::size_t>{0, 0}, {0, 699}, {4, 500}, {6, 299}}) {
    const std::string output = folder.path(std::to_string(record * 1000 + base));
    run(output, 16, 1000);
    auto changed = scored;
    changed[record][base] = changed[record][base] == 'A' ? 'C' : 'A';
    EXPECT_THROW(run(output, 32, 1000, changed), ChangedInput) << record << ", " << base;
    changed = scored;
    changed.pop_back();
    EXPECT_THROW(run(output, 32, 1000, changed), ChangedInput) << "fewer records";
    changed = scored;
    changed.emplace_back(400, 'G');  // more are scored as they come
    const Outcome longer = run(output, 32, 1000, changed);
    EXPECT_EQ(longer.scored, 2u * 13);
    EXPECT_EQ(run(output, 16, 1000, changed).recalled, longer.recalled + longer.scored);
  }
}

}  // namespace
}  // namespace iresweep
