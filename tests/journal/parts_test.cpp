// Scans in parts, whose ends lie amid records and batches: joined, every window has its logit, and was scored once.
#include "host/journal/parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/journal/known_scores.h"
#include "host/journal/recall.h"
#include "host/journal/recorder.h"
#include "host/scan/best_window.h"
#include "iresweep/error.h"
#include "tests/journal/walked.h"
#include "tests/support/function_engine.h"
#include "tests/support/seeded_network.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_source.h"

namespace iresweep {
namespace {

using test::TemporaryFolder;

constexpr TilerOptions kBothStrands{.step = 20, .plus = true, .minus = true};

double logit_of(std::span<const BaseCode, kWindow> codes) {
  double sum = 0;
  for (std::size_t i = 0; i < kWindow; ++i) sum += double(codes[i]) * double(i % 17);
  return sum;
}

/// Recalls or scores all windows that are wanted.
Logits walk(Engine& engine, Recall& recall, Recorder* recorder, const std::vector<std::string>& input,
            std::size_t most_jobs = 10'000) {
  Logits logits;
  test::TextSource source(input, 97);
  Tiler tiler(source, kBothStrands);
  Job job;
  job.batch = engine.make_batch();
  for (; most_jobs > 0 && !recall.complete() && tiler.fill(job); --most_jobs) {
    recall.recall(job);
    score_unknown(engine, *job.batch);
    if (recorder) recorder->record(job);
    for (const Segment& segment : job.segments)
      for (std::size_t i = 0; i < segment.count; ++i)
        logits[{segment.record->index, char(segment.strand)}].push_back(window_of(segment, job, i).logit);
  }
  if (most_jobs > 0) recall.finish();
  return logits;
}

Logits score_whole() {
  test::FunctionEngine engine(logit_of);
  Recall nothing({});
  return walk(engine, nothing, nullptr, texts());
}

/// Returns how many windows were scored. With `most_jobs` it may end early; then it may be called again.
std::uint64_t score_part(const std::string& path, const Shard& shard, std::size_t batch_windows, RunFacts facts = {},
                         std::size_t most_jobs = 10'000) {
  std::uint64_t scored = 0;
  test::FunctionEngine engine(
      [&scored](std::span<const BaseCode, kWindow> codes) {
        ++scored;
        return logit_of(codes);
      },
      1, batch_windows);
  test::TextSource source(texts(), 50);
  const WindowCounts windows = count_windows(source, kBothStrands);
  const StrandRanges wanted = ranges_of(shard, windows);
  facts[kShardFact] = std::to_string(shard.number) + "/" + std::to_string(shard.of);
  facts[kWindowsFact] = windows_fact(windows);
  facts[kFolderFact] = "somewhere";
  JournalFile journal(path);
  if (journal.contents().facts)
    journal.go_on();
  else
    journal.begin(facts);
  Recall recall({&journal}, wanted);
  Recorder recorder(journal, wanted);
  walk(engine, recall, &recorder, texts(), most_jobs);
  if (recorder.complete()) journal.become_output();
  return scored;
}

std::vector<std::string> score_parts(const TemporaryFolder& folder, std::uint64_t of, std::size_t batch_windows) {
  std::vector<std::string> paths;
  for (std::uint64_t number = 1; number <= of; ++number) {
    paths.push_back(folder.path(std::to_string(number) + ".part"));
    score_part(paths.back(), {number, of}, batch_windows);
  }
  return paths;
}

std::string error_of(const std::vector<std::string>& paths) {
  try {
    const Parts parts(paths);
  } catch (const Error& error) {
    return error.what_failed;
  }
  return "none";
}

TEST(Parts, AreTheWholeWhereverTheyEnd) {
  const Logits whole = score_whole();
  for (const std::uint64_t of : {1u, 2u, 7u, 30u, 200u})
    for (const std::size_t batch_windows : {1u, 7u, 64u}) {
      if (of > 7 && batch_windows < 64) continue;  // a part costs the disk some milliseconds
      const TemporaryFolder folder;
      auto paths = score_parts(folder, of, batch_windows);
      std::ranges::reverse(paths);
      const Parts parts(paths);
      EXPECT_EQ(parts.folder(), "somewhere");
      Recall recall(parts.scores());
      KnownScores engine("a device", 1);
      EXPECT_EQ(walk(engine, recall, nullptr, texts()), whole) << of << ", " << batch_windows;
    }
}

TEST(Parts, GoOnWhereTheyWereKilled) {
  for (const std::size_t jobs : {1u, 3u, 14u, 20u}) {
    const TemporaryFolder folder, other;
    const std::string path = folder.path("2.part"), at_once = other.path("2.part");
    const std::uint64_t all = score_part(at_once, {2, 3}, 5);
    const std::uint64_t before = score_part(path, {2, 3}, 5, {}, jobs);
    EXPECT_EQ(before + score_part(path, {2, 3}, 8), all) << jobs;
    EXPECT_EQ(PartFile(path).contents().windows(), all);
  }
}

TEST(Parts, OfAnotherInputAreNoticed) {
  const TemporaryFolder folder;
  const Parts parts(score_parts(folder, 3, 16));
  KnownScores engine("a device", 1);
  const auto joined = [&](const std::vector<std::string>& input) {
    Recall recall(parts.scores());
    walk(engine, recall, nullptr, input);
  };
  EXPECT_NO_THROW(joined(texts()));
  for (const std::size_t record : {0u, 4u, 6u}) {
    auto changed = texts();
    changed[record][100] = changed[record][100] == 'A' ? 'C' : 'A';
    EXPECT_THROW(joined(changed), ChangedInput) << record;
  }
  auto changed = texts();
  changed.emplace_back(400, 'G');
  EXPECT_THROW(joined(changed), ChangedInput);
  changed = texts();
  changed.pop_back();
  EXPECT_THROW(joined(changed), ChangedInput);
}

TEST(Parts, MustAllBeThereOnce) {
  const TemporaryFolder folder;
  const auto paths = score_parts(folder, 4, 16);
  EXPECT_EQ(error_of(paths), "none");
  EXPECT_EQ(error_of({paths[3], paths[1], paths[0]}), "1 of 4 parts is missing: 3");
  EXPECT_EQ(error_of({paths[1]}), "3 of 4 parts are missing: 1, 3, 4");
  EXPECT_EQ(error_of({paths[0], paths[1], paths[2], paths[3], paths[1]}), "part 2 of 4 is given twice");
  EXPECT_EQ(error_of({paths[0], folder.path("none.part")}), "cannot open the file: No such file or directory");
  score_part(folder.path("far.part"), {3, 1'000'000'000'000}, 16);
  EXPECT_EQ(error_of({folder.path("far.part")}),
            "999999999999 of 1000000000000 parts are missing: 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, ...");
}

TEST(Parts, OfAnotherScanAreNoticed) {
  const TemporaryFolder folder;
  const auto paths = score_parts(folder, 2, 16);
  score_part(folder.path("other.part"), {2, 2}, 16, {{"--threshold", "0.5"}});
  EXPECT_EQ(error_of({paths[0], folder.path("other.part")}),
            "the part is of another scan than '" + paths[0] + "': --threshold was not given and is 0.5");
  score_part(folder.path("3.part"), {2, 3}, 16);
  EXPECT_EQ(error_of({paths[0], folder.path("3.part")}),
            "the part is of another scan than '" + paths[0] + "': it is one of 3, not of 2");
}

TEST(Parts, ThatChangeAreNoticed) {
  const TemporaryFolder folder;
  const auto paths = score_parts(folder, 2, 16);
  const Parts parts(paths);
  const ScoredRun& run = parts.scores()[1]->contents().scored[0].front();
  std::vector<float> logits(run.count);
  EXPECT_NO_THROW(parts.scores()[1]->read(run, logits));
  EXPECT_NO_THROW(parts.check_unchanged());
  const std::string whole = test::file_bytes(paths[1]);
  for (const std::uint64_t at : {run.offset, run.offset - 1, run.offset - 9}) {
    std::string flipped = whole;
    flipped[at] = char(flipped[at] ^ 1);
    folder.write("2.part", flipped);
    EXPECT_THROW(parts.scores()[1]->read(run, logits), Error) << at;
    EXPECT_THROW(parts.check_unchanged(), Error);
  }
  folder.write("2.part", whole.substr(0, run.offset + 2));
  EXPECT_THROW(parts.scores()[1]->read(run, logits), Error);
}

TEST(Parts, AreWholeOrRefused) {
  const TemporaryFolder folder;
  const auto paths = score_parts(folder, 2, 16);
  const std::string whole = test::file_bytes(paths[1]);
  for (std::size_t size = 0; size < whole.size(); size += size + 40 < whole.size() ? 37 : 1) {
    folder.write("2.part", whole.substr(0, size));
    EXPECT_NE(error_of(paths), "none") << size;
  }
  for (std::size_t at = 0; at < whole.size(); at += 5) {
    std::string flipped = whole;
    flipped[at] = char(flipped[at] ^ (1 << at % 8));
    folder.write("2.part", flipped);
    EXPECT_NE(error_of(paths), "none") << at;
  }
  folder.write("2.part", whole);
  EXPECT_EQ(error_of(paths), "none");
  folder.write("2.part", ">r\nACGT\n");
  EXPECT_EQ(error_of(paths), "the file is no part of a scan, or was written by another version");
}

}  // namespace
}  // namespace iresweep
