// Circles: which windows they have, and regions across their junction.
#include <gtest/gtest.h>

#include <algorithm>

#include "host/input/circle_source.h"
#include "tests/scan/caller_world.h"
#include "tests/scan/tiler_world.h"
#include "tests/support/seeded_network.h"
#include "tests/support/vector_batch.h"

namespace iresweep::test {
namespace {

Codes turned(const Codes& circle, std::int64_t start, Strand strand) {
  Codes codes;
  for (int i = 0; i < kWindow; ++i) codes.push_back(circle[std::size_t(start + i) % circle.size()]);
  if (strand == Strand::plus) return codes;
  std::reverse(codes.begin(), codes.end());
  for (BaseCode& code : codes) code = complement(code);
  return codes;
}

TEST(Circle, WindowsStartAtEveryStepInIt) {
  Random random(3);
  std::vector<Codes> circles;
  for (const int size : {1, 3, 60, 173, 174, 175, 500, 0, 1234}) circles.push_back(random_codes(random, size, 0.05));
  for (const int step : {1, 50, 174, 400}) {
    std::vector<TiledWindow> wanted;
    for (std::size_t i = 0; i < circles.size(); ++i)
      for (const Strand strand : {Strand::plus, Strand::minus})
        for (std::int64_t start = 0; start < std::int64_t(circles[i].size()); start += step) {
          const Codes codes = turned(circles[i], start, strand);
          wanted.push_back(
              {i, strand, start, start + kWindow, int(std::count(codes.begin(), codes.end(), kMissing)), codes});
        }
    for (const Capacity capacity : {Capacity{1, 174}, {3, 600}, {1000, 200000}})
      for (const bool late_end : {false, true}) {
        const auto source = read_round(std::make_unique<CodesSource>(circles, 97, late_end));
        EXPECT_EQ(tile(*source, {.step = step, .plus = true, .minus = true}, capacity, step <= 174), wanted)
            << step << ", " << capacity.windows;
      }
  }
}

// A record whose windows have the logits given, one a step of 50, in jobs of any size.
std::vector<Hit> called(const std::vector<double>& logits, std::int64_t circle, Report report, std::size_t job_windows,
                        CallCounts& counts) {
  const Network network = seeded_network(1);
  const Arbiter arbiter(network, 0.0);
  HitList list;
  Caller caller({.report = report, .threshold_logit = 0, .both_strands = false, .null_table = {}, .shows_steps = false},
                arbiter, list);
  Record record{"c", 0};
  record.circular = true;
  const auto shared = std::make_shared<const Record>(record);
  for (std::size_t from = 0; from < logits.size(); from += job_windows) {
    const std::size_t to = std::min(from + job_windows, logits.size());
    Job job;
    job.batch = std::make_unique<VectorBatch>(to - from, (to - from) * kWindow);
    for (std::size_t i = from; i < to; ++i) {
      Batch& batch = *job.batch;
      batch.starts[batch.window_count] = std::uint32_t(batch.base_count);
      for (int k = 0; k < kWindow; ++k) batch.bases[batch.base_count++] = BaseCode(k == int(i) ? 2 : k * k % 4);
      batch.logits[batch.window_count++] = float(logits[i]);
      job.places.push_back({std::int64_t(50 * i), std::int64_t(50 * i) + kWindow, 0});
    }
    const bool ends = to == logits.size();
    job.segments.push_back({shared, Strand::plus, 0, to - from, ends, ends ? circle : 0});
    caller.take(job);
  }
  caller.finish();
  counts = caller.counts();
  return list.hits;
}

using Stretches = std::vector<std::pair<std::int64_t, std::int64_t>>;

Stretches regions(const std::vector<double>& logits, std::int64_t circle, std::uint64_t loci) {
  Stretches first;
  for (const std::size_t job_windows : {100u, 3u, 1u}) {
    CallCounts counts;
    Stretches found;
    for (const Hit& hit : called(logits, circle, Report::regions, job_windows, counts)) {
      EXPECT_EQ(hit.circle, circle);
      EXPECT_LT(hit.best_start, circle);
      found.emplace_back(hit.start, hit.end);
    }
    EXPECT_EQ(counts.loci, loci);
    EXPECT_EQ(counts.rows, loci);
    if (first.empty()) first = found;
    EXPECT_EQ(found, first);
  }
  return first;
}

TEST(Circle, TheLastRegionMayBeTheFirst) {
  // A circle of 500 bases, ten windows: starts 0 to 450.
  EXPECT_EQ(regions({-1, -1, 3, 3, -1, -1, -1, -1, -1, -1}, 500, 1), (Stretches{{100, 324}}));
  EXPECT_EQ(regions({3, -1, -1, -1, -1, -1, -1, -1, 5, -1}, 500, 1), (Stretches{{400, 674}})) << "across";
  EXPECT_EQ(regions({-1, -1, 3, -1, -1, -1, -1, -1, 5, -1}, 500, 2), (Stretches{{100, 274}, {400, 574}}))
      << "beyond the junction, but not as far as the first";
  EXPECT_EQ(regions({3, 3, 3, 3, 3, 3, 3, 3, 3, 3}, 500, 1), (Stretches{{0, 500}})) << "all of it";
  EXPECT_EQ(regions({-1, 3, -1}, 120, 1), (Stretches{{50, 170}})) << "shorter than a window";
}

TEST(Circle, TheJoinedRegionHasTheBetterWindow) {
  CallCounts counts;
  auto hits = called({3, -1, -1, -1, -1, -1, -1, -1, 5, -1}, 500, Report::regions, 100, counts);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].best_start, 400);
  EXPECT_EQ(hits[0].windows, 2u);
  hits = called({7, -1, -1, -1, -1, -1, -1, -1, 5, -1}, 500, Report::regions, 100, counts);
  EXPECT_EQ(hits.at(0).best_start, 0);
  EXPECT_EQ(hits[0].best_end, 174);
  hits = called({3, -1, -1, -1, -1, -1, -1, -1, 5, -1}, 500, Report::best, 100, counts);
  EXPECT_EQ(hits.at(0).best_end, 574);
  hits = called({-1, 3, -1}, 120, Report::windows, 100, counts);
  EXPECT_EQ(hits.at(0).end, 170) << "once round";
}

}  // namespace
}  // namespace iresweep::test
