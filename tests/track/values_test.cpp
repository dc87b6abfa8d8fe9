// Values taken back by place; of several on a base the largest; where windows are drawn.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "host/output/track/largest_value.h"
#include "host/output/track/value_spool.h"
#include "host/output/track/window_drawing.h"
#include "iresweep/model.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vector_batch.h"

namespace iresweep::test {
namespace {

struct ValueList : TrackSink {
  std::vector<TrackValue> values;
  void write(const TrackValue& value) override { values.push_back(value); }
};

std::vector<TrackValue> random_values(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t limit) { return std::uint32_t(random() % limit); };
  std::vector<TrackValue> values;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t start = below(900);
    values.push_back({below(3), start, start + 1 + below(60), float(below(7)) / 8});
  }
  return values;
}

TEST(ValueSpool, GivesAllBackByPlace) {
  const TemporaryFolder folder;
  for (const std::size_t in_memory : {1u, 7u, 100u, 5000u}) {
    auto values = random_values(1000, 1);
    // Some in order, as most are: these make one run.
    std::sort(values.begin(), values.begin() + 400);
    ValueSpool spool(folder.path("x.bw"), in_memory);
    for (const TrackValue& value : values) spool.write(value);
    ValueList list;
    spool.drain(list);
    std::sort(values.begin(), values.end());
    EXPECT_EQ(list.values, values) << in_memory;
  }
}

TEST(ValueSpool, LeavesNothingInTheFolder) {
  const TemporaryFolder folder;
  ValueSpool spool(folder.path("x.bw"), 2);
  for (const TrackValue& value : random_values(10, 2)) spool.write(value);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("")));
}

TEST(LargestValue, IsThatOfEveryBase) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto values = random_values(60, seed);
    std::sort(values.begin(), values.end());
    std::map<std::pair<std::uint32_t, std::uint32_t>, float> expected, found;
    for (const TrackValue& value : values)
      for (std::uint32_t base = value.start; base < value.end; ++base) {
        float& best = expected.try_emplace({value.contig, base}, value.value).first->second;
        best = std::max(best, value.value);
      }
    ValueList list;
    LargestValue flat(list);
    for (const TrackValue& value : values) flat.write(value);
    flat.finish();
    for (std::size_t i = 0; i < list.values.size(); ++i) {
      const TrackValue& value = list.values[i];
      EXPECT_LT(value.start, value.end);
      if (i > 0) {
        EXPECT_TRUE(std::tie(list.values[i - 1].contig, list.values[i - 1].end) <= std::tie(value.contig, value.start));
      }
      for (std::uint32_t base = value.start; base < value.end; ++base) found[{value.contig, base}] = value.value;
    }
    EXPECT_EQ(found, expected) << seed;
  }
}

TEST(LargestValue, PassesWhatNothingOverlaps) {
  const std::vector<TrackValue> values = {{0, 0, 50, 1}, {0, 50, 100, 1}, {0, 120, 130, 2}, {1, 0, 50, 1}};
  ValueList list;
  LargestValue flat(list);
  for (const TrackValue& value : values) flat.write(value);
  flat.finish();
  EXPECT_EQ(list.values, values);
}

TEST(LargestValue, DoesNotCutAValueThatIsLargerThroughout) {
  ValueList list;
  LargestValue flat(list);
  for (const TrackValue& value : {TrackValue{0, 0, 100, 3}, {0, 10, 20, 1}, {0, 30, 120, 2}}) flat.write(value);
  flat.finish();
  EXPECT_EQ(list.values, (std::vector<TrackValue>{{0, 0, 100, 3}, {0, 100, 120, 2}}));
}

// Jobs of `per_job` windows over records of these sizes, on both strands; the i-th window's logit is i.
std::vector<std::string> strokes(const std::vector<std::int64_t>& sizes, int step, std::size_t per_job) {
  std::vector<std::string> drawn[2];
  WindowDrawing drawing(step, 0, [&](const Stroke& stroke) {
    drawn[stroke.strand == Strand::minus].push_back(
        fmt::format("{} {}-{} {}", stroke.record.name, stroke.bases.start, stroke.bases.end, stroke.score));
  });
  std::uint64_t index = 0;
  for (const std::int64_t size : sizes) {
    const auto record = std::make_shared<const Record>(Record{fmt::format("r{}", index), index});
    ++index;
    std::vector<Place> places;
    for (std::int64_t start = 0; start + kWindow < size; start += step) places.push_back({start, start + kWindow, 0});
    places.push_back(
        {std::max<std::int64_t>(0, size - kWindow), size, std::uint16_t(std::max<std::int64_t>(0, kWindow - size))});
    for (std::size_t first = 0; first < places.size(); first += per_job)
      for (const Strand strand : {Strand::plus, Strand::minus}) {
        const std::size_t count = std::min(per_job, places.size() - first);
        Job job;
        job.batch = std::make_unique<VectorBatch>(count, count * kWindow);
        job.segments.push_back({record, strand, 0, count, first + count == places.size()});
        for (std::size_t i = 0; i < count; ++i) {
          const std::size_t window = first + (strand == Strand::plus ? i : count - 1 - i);
          job.places.push_back(places[window]);
          job.batch->logits[i] = float(window) / 8;
          job.batch->starts[i] = 0;
        }
        drawing.take(job);
      }
  }
  drawing.finish();
  EXPECT_EQ(drawn[0], drawn[1]);  // one place, one stretch, whatever the strand
  return drawn[0];
}

std::string stroke(const char* place, int window) { return fmt::format("{} {}", place, score_of(float(window) / 8)); }

TEST(WindowDrawing, DrawsAStepAroundTheCentre) {
  EXPECT_EQ(strokes({274}, 50, 100),
            (std::vector<std::string>{stroke("r0 62-112", 0), stroke("r0 112-162", 1), stroke("r0 162-212", 2)}));
  // Neighbours meet at odd steps too.
  EXPECT_EQ(strokes({195}, 7, 100), (std::vector<std::string>{stroke("r0 84-91", 0), stroke("r0 91-98", 1),
                                                              stroke("r0 98-105", 2), stroke("r0 105-112", 3)}));
  // Never more than the window.
  EXPECT_EQ(strokes({1174}, 1000, 100), (std::vector<std::string>{stroke("r0 0-174", 0), stroke("r0 1000-1174", 1)}));
}

TEST(WindowDrawing, CutsTheLastWindowsAtTheirMidpoint) {
  // Centres 87, 137 and 157: the last two meet at 147.
  EXPECT_EQ(strokes({244}, 50, 100),
            (std::vector<std::string>{stroke("r0 62-112", 0), stroke("r0 112-147", 1), stroke("r0 147-182", 2)}));
}

TEST(WindowDrawing, LeavesWindowsWithMissingBasesBlank) {
  EXPECT_EQ(strokes({100, 174, 20}, 50, 100), (std::vector<std::string>{stroke("r1 62-112", 0)}));
}

TEST(WindowDrawing, IsTheSameForAnyJobs) {
  const std::vector<std::int64_t> sizes = {1000, 174, 20, 300, 4321};
  for (const int step : {1, 50, 300}) {
    const auto expected = strokes(sizes, step, 100000);
    EXPECT_GT(expected.size(), 10u);
    for (const std::size_t per_job : {1u, 2u, 7u}) EXPECT_EQ(strokes(sizes, step, per_job), expected);
  }
}

}  // namespace
}  // namespace iresweep::test
