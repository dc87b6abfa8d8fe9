// Of a record with a feature, the windows with at least half of their bases in it, and no others.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/scan/tiler_world.h"

namespace iresweep::test {
namespace {

/// Records that have the features given.
class WithFeatures : public SequenceSource {
 public:
  WithFeatures(SequenceSource& inner, const std::vector<Interval>& features) : inner_(inner) {
    for (std::uint64_t i = 0; i < features.size(); ++i) {
      Record record{"r", i};
      record.feature = features[i];
      records_.push_back(std::make_shared<const Record>(record));
    }
  }
  std::optional<Piece> next() override {
    auto piece = inner_.next();
    if (piece) piece->record = records_[piece->record->index];
    return piece;
  }
  std::vector<InputFacts> facts() const override { return {}; }

 private:
  SequenceSource& inner_;
  std::vector<std::shared_ptr<const Record>> records_;
};

TEST(Feature, KeepsTheWindowsThatLieInItByHalf) {
  std::mt19937 random(3);
  std::vector<Codes> records;
  std::vector<Interval> features;
  for (const std::size_t size : {1000u, 90u, 174u, 5000u, 0u, 400u, 2000u}) {
    Codes codes;
    for (std::size_t i = 0; i < size; ++i) codes.push_back(BaseCode(random() % 5));
    const auto start = std::int64_t(size ? random() % size : 0);
    features.push_back({start, start + std::int64_t(random() % 900)});
    records.push_back(std::move(codes));
  }
  features[2] = {87, 174};   // exactly half
  features[5] = {400, 900};  // none
  for (const int step : {1, 50, 300}) {
    const TilerOptions options{.step = step, .plus = true, .minus = true};
    std::vector<TiledWindow> wanted;
    for (const TiledWindow& window : tile_naively(records, options)) {
      int inside = 0;
      for (std::int64_t base = window.start; base < window.end; ++base)
        inside += base >= features[window.record].start && base < features[window.record].end;
      if (2 * inside >= window.end - window.start) wanted.push_back(window);
    }
    std::set<std::uint64_t> scored;
    for (const TiledWindow& window : wanted) scored.insert(window.record);
    const std::size_t with_bases = records.size() - 1;
    for (const Capacity capacity : {Capacity{1, 174}, {3, 600}, {1000, 200000}}) {
      CodesSource codes(records, 97);
      WithFeatures source(codes, features);
      TilerCounts counts;
      EXPECT_EQ(tile(source, options, capacity, false, &counts), wanted) << step << ", " << capacity.windows;
      EXPECT_EQ(counts.short_features, with_bases - scored.size()) << step << ", " << capacity.windows;
      EXPECT_GT(counts.short_features, 0u) << "that of no base";
    }
  }
}

}  // namespace
}  // namespace iresweep::test
