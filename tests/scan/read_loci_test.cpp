// Rows of reads against loci found naively.
#include "host/scan/read_loci.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "host/scan/best_window.h"
#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

using Blocks = std::vector<Interval>;

struct Row {
  std::string contig;
  Strand strand;
  Blocks blocks;
  std::uint64_t reads, windows;
  std::string name;
  auto operator<=>(const Row&) const = default;
};

class ReadLociTest : public testing::Test {
 protected:
  const Network network_ = seeded_network(11);
  const Arbiter arbiter_{network_, std::nullopt};

  std::shared_ptr<const Record> record(std::uint64_t index, const std::string& contig, Strand strand,
                                       const Blocks& blocks) const {
    Record record{fmt::format("r{}", index), index};
    record.map.emplace(contig, strand, blocks);
    return std::make_shared<const Record>(record);
  }
  /// A hit whose best window has the codes of `kind`; the engine's logit is off by `error`.
  Hit hit(std::shared_ptr<const Record> record, std::int64_t start, std::int64_t end, std::uint64_t kind,
          float error = 0, Strand strand = Strand::plus) const {
    Hit hit;
    hit.record = std::move(record);
    hit.strand = strand;
    hit.start = start, hit.end = end;
    hit.best_start = start, hit.best_end = std::min(start + kWindow, end);
    Random random(kind);
    const auto codes = random_codes(random, kWindow, 0);
    std::copy(codes.begin(), codes.end(), hit.best_codes.begin());
    hit.logit = float(arbiter_.exact_logit(hit.best_codes)) + error;
    hit.score = score_of(hit.logit);
    hit.windows = 2;
    return hit;
  }
  std::vector<Row> rows(const std::vector<Hit>& hits, std::uint64_t min_reads = 1) const {
    HitList list;
    ReadLoci loci(min_reads, arbiter_, list);
    for (const Hit& one : hits) loci.write(one);
    loci.finish();
    EXPECT_EQ(loci.rows(), list.hits.size());
    std::vector<Row> rows;
    for (const Hit& row : list.hits) {
      const Strand map_strand = row.record->map->strand();
      rows.push_back({row.record->map->contig(), row.strand == Strand::plus ? map_strand : opposite(map_strand),
                      row.blocks, row.reads, row.windows, row.record->name});
    }
    return rows;
  }
};

TEST_F(ReadLociTest, JoinsWhatOverlapsWithTheSameIntronsAndStrand) {
  const Blocks spliced{{0, 500}, {900, 2000}}, other{{0, 500}, {901, 2000}};
  const auto a = record(0, "c", Strand::plus, spliced), b = record(1, "c", Strand::plus, spliced);
  const auto c = record(2, "c", Strand::plus, other), d = record(3, "c", Strand::minus, spliced);
  const auto found = rows({hit(a, 400, 600, 1), hit(b, 350, 524, 1), hit(c, 400, 600, 1), hit(d, 1000, 1200, 1)});
  // On the minus strand 1000 to 1200 of 1600 bases are 400 to 600 of the other.
  const Blocks joined{{350, 500}, {900, 1000}};
  EXPECT_EQ(found, (std::vector<Row>{{"c", Strand::plus, joined, 2, 4, "r0"},
                                     {"c", Strand::minus, {{400, 500}, {900, 1000}}, 1, 2, "r3"},
                                     {"c", Strand::plus, {{400, 500}, {901, 1001}}, 1, 2, "r2"}}));
  EXPECT_EQ(rows({hit(a, 400, 600, 1), hit(b, 350, 524, 1), hit(c, 400, 600, 1)}, 2).size(), 1u);
}

TEST_F(ReadLociTest, BasesThatTouchDoNotOverlap) {
  const auto a = record(0, "c", Strand::plus, {{0, 1000}}), b = record(1, "c", Strand::plus, {{0, 1000}});
  EXPECT_EQ(rows({hit(a, 0, 200, 1), hit(b, 200, 400, 1)}).size(), 2u);
  EXPECT_EQ(rows({hit(a, 0, 200, 1), hit(b, 199, 400, 1)}).size(), 1u);
}

TEST_F(ReadLociTest, AReadCountsOnceWhateverItBridges) {
  const auto a = record(0, "c", Strand::plus, {{0, 1000}}), b = record(1, "c", Strand::plus, {{10, 1000}});
  const auto found = rows({hit(a, 0, 200, 1), hit(a, 400, 600, 1), hit(b, 150, 420, 1)});
  EXPECT_EQ(found, (std::vector<Row>{{"c", Strand::plus, {{0, 600}}, 2, 6, "r0"}}));
}

TEST_F(ReadLociTest, ARowIsTheBestReads) {
  std::uint64_t best = 0, worst = 0;
  const auto logit = [&](std::uint64_t kind) { return hit(nullptr, 0, 200, kind).logit; };
  for (std::uint64_t kind = 1; kind < 20; ++kind) {
    if (logit(kind) > logit(best)) best = kind;
    if (logit(kind) < logit(worst)) worst = kind;
  }
  const auto a = record(0, "c", Strand::plus, {{0, 1000}}), b = record(1, "c", Strand::plus, {{0, 1000}});
  const auto name = [&](std::uint64_t first, std::uint64_t second, float error) {
    return rows({hit(a, 0, 200, first), hit(b, 0, 200, second, error)}).at(0).name;
  };
  EXPECT_EQ(name(worst, best, 0), "r1");
  EXPECT_EQ(name(best, worst, 0), "r0");
  EXPECT_EQ(name(best, best, 1e-6f), "r0") << "equal windows score equally: the first";
  EXPECT_GT(arbiter_.oracle_windows(), 0u);
}

TEST_F(ReadLociTest, ContigsEndLoci) {
  const auto a = record(0, "c", Strand::plus, {{0, 1000}}), b = record(1, "d", Strand::plus, {{0, 1000}});
  const auto c = record(2, "c2", Strand::plus, {{0, 1000}});
  const auto found = rows({hit(a, 0, 200, 1), hit(b, 0, 200, 1), hit(c, 0, 200, 1)});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[1].contig, "d");
}

// Random reads, spliced alike and not: the same loci as by joining any two that overlap until nothing changes.
TEST_F(ReadLociTest, EqualsTheNaiveOnes) {
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    std::vector<std::int64_t> starts;
    for (int i = 0; i < 12; ++i) starts.push_back(random() % 700);
    std::sort(starts.begin(), starts.end());
    std::vector<Hit> hits;
    for (std::uint64_t i = 0; i < starts.size(); ++i) {
      const std::int64_t start = starts[i];
      Blocks blocks{{start, start + 1000}};
      if (random() % 2) blocks = {{start, 900}, {random() % 3 ? 1000 : 1010, 1800}};
      const auto read = record(i, "c", random() % 4 ? Strand::plus : Strand::minus, blocks);
      const std::int64_t size = read->map->size();
      for (std::int64_t from = random() % 300; from + 180 < size; from += 200 + random() % 600)
        hits.push_back(hit(read, from, from + 180, 1 + random() % 3));
    }
    struct Locus {
      std::string key;
      Interval span;
      std::vector<std::size_t> members;
    };
    std::vector<Locus> naive;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const auto blocks = hits[i].record->map->project({hits[i].start, hits[i].end});
      std::string key{char(hits[i].record->map->strand())};
      for (std::size_t gap = 1; gap < blocks.size(); ++gap)
        key += fmt::format("{}-{}", blocks[gap - 1].end, blocks[gap].start);
      naive.push_back({key, {blocks.front().start, blocks.back().end}, {i}});
    }
    for (std::size_t i = 0; i < naive.size(); ++i)
      for (std::size_t j = 0; j < naive.size(); ++j) {
        if (i == j || naive[i].key != naive[j].key) continue;
        if (naive[i].span.start >= naive[j].span.end || naive[j].span.start >= naive[i].span.end) continue;
        naive[i].span = {std::min(naive[i].span.start, naive[j].span.start),
                         std::max(naive[i].span.end, naive[j].span.end)};
        naive[i].members.insert(naive[i].members.end(), naive[j].members.begin(), naive[j].members.end());
        naive.erase(naive.begin() + long(j));
        i = std::size_t(-1);
        break;
      }
    std::vector<std::pair<Interval, std::uint64_t>> wanted, found;
    for (const Locus& locus : naive) {
      std::vector<std::uint64_t> reads;
      for (const std::size_t member : locus.members) reads.push_back(hits[member].record->index);
      std::sort(reads.begin(), reads.end());
      reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
      wanted.emplace_back(locus.span, reads.size());
    }
    const auto all = rows(hits);
    for (const Row& row : all) found.emplace_back(Interval{row.blocks.front().start, row.blocks.back().end}, row.reads);
    EXPECT_TRUE(
        std::is_sorted(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; }));
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, wanted);
  }
}

}  // namespace
}  // namespace iresweep::test
