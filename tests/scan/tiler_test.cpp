#include "host/scan/tiler.h"

#include <gtest/gtest.h>

#include "iresweep/error.h"
#include "tests/scan/tiler_world.h"
#include "tests/support/seeded_network.h"
#include "tests/support/vector_batch.h"

namespace iresweep::test {
namespace {

std::vector<Codes> records_of(std::initializer_list<int> lengths, double missing = 0.1) {
  Random random(11);
  std::vector<Codes> records;
  for (const int length : lengths) records.push_back(random_codes(random, length, missing));
  return records;
}

const std::vector<TilerOptions> kStrands{{0, true, false}, {0, false, true}, {0, true, true}};

// Lengths around every turn of the definition, empty records first, last and in a row.
const std::vector<Codes>& odd_records() {
  static const auto records = records_of({0,   1,   5,   0,   0,   172, 173, 174, 175, 180, 223,  224, 225,
                                          273, 274, 275, 347, 348, 349, 522, 673, 674, 675, 1000, 0});
  return records;
}

class TilerSteps : public testing::TestWithParam<int> {
 protected:
  void expect_naive(Capacity capacity, std::size_t piece, bool late_end = false) {
    for (TilerOptions options : kStrands) {
      options.step = GetParam();
      CodesSource source(odd_records(), piece, late_end);
      ASSERT_TRUE(tile(source, options, capacity) == tile_naively(odd_records(), options))
          << capacity.windows << " windows and " << capacity.bases << " bases a batch, pieces of " << piece
          << ", strands " << (options.plus ? "+" : "") << (options.minus ? "-" : "");
    }
  }
};

TEST_P(TilerSteps, WindowsDoNotDependOnTheBatch) {
  for (const std::size_t windows : {1, 2, 3, 7, 64, 5000})
    for (const std::size_t bases : {std::size_t(174), std::size_t(175), std::size_t(347), std::size_t(348),
                                    std::size_t(500), windows * kWindow + kWindow})
      expect_naive({windows, bases}, 1000);
}

TEST_P(TilerSteps, WindowsDoNotDependOnThePieces) {
  for (const std::size_t piece : {1, 2, 50, 173, 174, 175, 999})
    for (const bool late_end : {false, true})
      for (const Capacity capacity : {Capacity{1, 174}, Capacity{5, 600}, Capacity{4096, 100000}})
        expect_naive(capacity, piece, late_end);
}

INSTANTIATE_TEST_SUITE_P(Steps, TilerSteps, testing::Values(1, 7, 50, 173, 174, 175, 300, 500, 100000));

TEST(Tiler, PadsShortRecordsOnTheLeftOfTheStrandThatIsScored) {
  CodesSource source({{0, 1, 1, kMissing}}, 10);
  const auto windows = tile(source, {50, true, true}, {2, 2 * kWindow});
  ASSERT_EQ(windows.size(), 2u);
  const auto last = [](const TiledWindow& window) { return Codes(window.codes.end() - 4, window.codes.end()); };
  EXPECT_EQ(last(windows[0]), (Codes{0, 1, 1, kMissing}));
  EXPECT_EQ(last(windows[1]), (Codes{kMissing, 2, 2, 3}));
  for (const TiledWindow& window : windows) {
    EXPECT_EQ(window.start, 0);
    EXPECT_EQ(window.end, 4);
    EXPECT_EQ(window.missing, 171);
    EXPECT_EQ(Codes(window.codes.begin(), window.codes.end() - 4), Codes(170, kMissing));
  }
}

TEST(Tiler, PutsBothStrandsOfAStretchIntoOneJobPlusFirst) {
  const auto records = records_of({900, 900});
  CodesSource source(records, 1000);
  Tiler tiler(source, {50, true, true});
  Job job;
  job.batch = std::make_unique<VectorBatch>(14, 14 * kWindow);
  while (tiler.fill(job)) {
    ASSERT_EQ(job.segments.size() % 2, 0u);
    for (std::size_t i = 0; i < job.segments.size(); i += 2) {
      const Segment &plus = job.segments[i], &minus = job.segments[i + 1];
      EXPECT_EQ(plus.strand, Strand::plus);
      EXPECT_EQ(minus.strand, Strand::minus);
      EXPECT_EQ(plus.record, minus.record);
      ASSERT_EQ(plus.count, minus.count);
      EXPECT_EQ(plus.ends, minus.ends);
      for (std::size_t window = 0; window < plus.count; ++window)
        EXPECT_EQ(job.places[plus.first + window].start, job.places[minus.first + minus.count - 1 - window].start);
    }
  }
}

TEST(Tiler, SharesTheBasesOfOverlappingWindows) {
  const auto records = records_of({1174, 1174});
  for (const auto& [step, bases] : {std::pair{50, 1174}, {1, 1174}, {174, 1174}, {500, 3 * 174}}) {
    CodesSource source(records, 10000);
    Tiler tiler(source, {step, true, false});
    Job job;
    job.batch = std::make_unique<VectorBatch>(3000, 100000);
    ASSERT_TRUE(tiler.fill(job));
    EXPECT_EQ(job.batch->base_count, std::size_t(2 * bases)) << "step " << step;
  }
}

TEST(Tiler, PacksManyShortRecordsIntoOneBatch) {
  const auto records = records_of({10, 174, 300, 0, 174});
  CodesSource source(records, 1000);
  Tiler tiler(source, {50, true, false});
  Job job;
  job.batch = std::make_unique<VectorBatch>(100, 100 * kWindow);
  ASSERT_TRUE(tiler.fill(job));
  EXPECT_EQ(job.segments.size(), 4u);
  EXPECT_EQ(job.batch->window_count, 1u + 1 + 4 + 1);
  EXPECT_FALSE(tiler.fill(job));
  EXPECT_TRUE(job.segments.empty() && job.places.empty());
  EXPECT_EQ(job.batch->window_count, 0u);
}

TEST(Tiler, Counts) {
  const auto records = records_of({0, 10, 173, 174, 0, 400});
  CodesSource source(records, 100);
  Tiler tiler(source, {50, true, true});
  Job job;
  job.batch = std::make_unique<VectorBatch>(3, 1000);
  while (tiler.fill(job)) continue;
  EXPECT_EQ(tiler.counts().records, 6u);
  EXPECT_EQ(tiler.counts().empty_records, 2u);
  EXPECT_EQ(tiler.counts().short_records, 2u);
  EXPECT_EQ(tiler.counts().bases, 757u);
  EXPECT_EQ(tiler.counts().windows, 2u * (1 + 1 + 1 + 6));
}

TEST(Tiler, RefusesWhatCannotBeTiled) {
  CodesSource source({{0, 1, 2}}, 10);
  EXPECT_THROW(Tiler(source, {0, true, false}), Error);
  EXPECT_THROW(Tiler(source, {-1, true, false}), Error);
  EXPECT_THROW(Tiler(source, {50, false, false}), Error);
  Tiler tiler(source, {50, true, false});
  Job job;
  job.batch = std::make_unique<VectorBatch>(1, kWindow - 1);
  EXPECT_THROW(tiler.fill(job), Error);
  job.batch = std::make_unique<VectorBatch>(0, kWindow);
  EXPECT_THROW(tiler.fill(job), Error);
}

TEST(Tiler, TakesASourceWithoutRecords) {
  CodesSource source({}, 10);
  EXPECT_TRUE(tile(source, {50, true, true}, {4, 1000}).empty());
}

}  // namespace
}  // namespace iresweep::test
