// Rows of isoforms that are one place on the genome.
#include "host/scan/loci.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

using Blocks = std::vector<Interval>;

std::shared_ptr<const Record> transcript(const std::string& name, const std::string& gene, const Blocks& exons,
                                         Strand strand = Strand::plus, const std::string& contig = "c") {
  Record record{name};
  record.gene = gene;
  record.map.emplace(contig, strand, exons);
  return std::make_shared<const Record>(std::move(record));
}

Hit hit_on(std::shared_ptr<const Record> record, std::int64_t start, std::int64_t end, float score,
           std::uint64_t windows = 1) {
  Hit hit;
  hit.record = std::move(record);
  hit.start = hit.best_start = start;
  hit.end = hit.best_end = end;
  hit.score = score;
  hit.logit = std::log(score / (1 - score));
  hit.windows = windows;
  return hit;
}

struct Result {
  std::vector<Hit> rows;
  std::uint64_t loci = 0;
};

Result run(const LociOptions& options, const std::vector<Hit>& hits) {
  const Network network = seeded_network(11);
  const Arbiter arbiter(network, std::nullopt);
  HitList rows;
  Loci loci(options, arbiter, rows);
  for (const Hit& hit : hits) loci.write(hit);
  loci.finish();
  EXPECT_EQ(loci.rows(), rows.hits.size());
  return {rows.hits, loci.count()};
}

TEST(Compatible, WhereBothReachTheBlocksAreTheSame) {
  const Blocks a{{0, 10}, {20, 30}};
  EXPECT_TRUE(compatible(a, a));
  EXPECT_TRUE(compatible(a, {{5, 10}, {20, 25}}));
  EXPECT_TRUE(compatible(a, {{25, 40}, {60, 70}})) << "introns that the other does not reach";
  EXPECT_FALSE(compatible(a, {{5, 30}})) << "an intron kept";
  EXPECT_FALSE(compatible(a, {{5, 11}, {20, 30}})) << "another splice site";
  EXPECT_FALSE(compatible(a, {{12, 18}})) << "within the intron";
  EXPECT_FALSE(compatible(a, {{0, 10}, {12, 15}, {20, 30}})) << "an exon more";
  EXPECT_FALSE(compatible(a, {{30, 40}})) << "they only touch";
}

TEST(Loci, IsoformsThatAgreeAreOneRow) {
  const auto a = transcript("a", "g", {{100, 200}, {300, 400}}), b = transcript("b", "g", {{150, 200}, {300, 500}});
  const auto kept = transcript("kept", "g", {{150, 400}}), other = transcript("other", "h", {{150, 200}, {300, 400}});
  const std::vector<Hit> hits{hit_on(a, 50, 150, 0.7f, 3), hit_on(a, 180, 200, 0.2f), hit_on(b, 0, 100, 0.9f, 2),
                              hit_on(kept, 0, 100, 0.5f), hit_on(other, 0, 100, 0.5f)};
  const auto [rows, loci] = run({.collapse = true}, hits);
  EXPECT_EQ(loci, 4u);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].record->name, "kept") << "in order of start, then end";
  EXPECT_EQ(rows[1].blocks, (Blocks{{150, 200}, {300, 350}}));
  EXPECT_EQ(rows[1].transcripts, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(rows[1].record->name, "b") << "of the highest score";
  EXPECT_EQ(rows[1].score, 0.9f);
  EXPECT_EQ(rows[1].windows, 5u);
  EXPECT_EQ(rows[2].record->name, "other") << "of another gene";
  EXPECT_EQ(rows[3].blocks, (Blocks{{380, 400}}));
}

// BED12 tells no genes: there place is all that is known. Where others have a gene, a transcript without may be of any.
TEST(Loci, TranscriptsOfUnknownGenesShareARowOnlyWhereNoGeneIsKnown) {
  Record one{"a", 0}, other{"b", 1};
  for (Record* record : {&one, &other}) record->map.emplace("c", Strand::plus, Blocks{{0, 500}});
  const auto a = std::make_shared<const Record>(one), b = std::make_shared<const Record>(other);
  const std::vector<Hit> hits{hit_on(a, 0, 174, 0.5f), hit_on(a, 100, 274, 0.5f), hit_on(b, 50, 224, 0.5f)};
  EXPECT_EQ(run({.collapse = true, .tells_genes = false}, hits).loci, 1u);
  EXPECT_EQ(run({.collapse = true, .tells_genes = true}, hits).loci, 2u) << "rows of one transcript are one place";
}

TEST(Loci, ARowThatBridgesTwoMakesThemOne) {
  const auto a = transcript("a", "g", {{0, 1000}}), b = transcript("b", "g", {{0, 2000}});
  const auto [rows, loci] = run({.collapse = true}, {hit_on(a, 0, 174, 0.5f), hit_on(a, 200, 374, 0.7f, 4),
                                                     hit_on(a, 900, 1000, 0.7f), hit_on(b, 150, 324, 0.6f, 2)});
  EXPECT_EQ(loci, 2u);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].blocks, (Blocks{{0, 374}}));
  EXPECT_EQ(rows[0].windows, 7u);
  EXPECT_EQ(rows[0].score, 0.7f);
  EXPECT_EQ(rows[0].start, 200);
  EXPECT_EQ(rows[0].transcripts, (std::vector<std::string>{"a", "b"}));
}

// An engine's rounding must not choose the row: two windows whose scores lie closer together than engines agree.
TEST(Loci, TheOracleChoosesWhereRoundingCould) {
  const Network network = seeded_network(11);
  const Arbiter arbiter(network, std::nullopt);
  const auto a = transcript("a", "g", {{0, 1000}}), b = transcript("b", "g", {{0, 1000}});
  Hit one = hit_on(a, 0, 174, 0.6f), other = hit_on(b, 0, 174, 0.6f);
  one.best_codes.fill(0);
  other.best_codes.fill(1);
  const bool first = arbiter.exact_logit(one.best_codes) > arbiter.exact_logit(other.best_codes);
  for (const float error : {-1e-6f, 0.0f, 1e-6f}) {
    other.logit = one.logit + error;
    HitList rows;
    Loci loci({.collapse = true}, arbiter, rows);
    loci.write(one);
    loci.write(other);
    loci.finish();
    EXPECT_EQ(rows.hits.at(0).record->name, first ? "a" : "b") << error;
  }
}

TEST(Loci, StrandsStayApart) {
  const auto plus = transcript("p", "g", {{0, 300}}), minus = transcript("m", "g", {{0, 300}}, Strand::minus);
  Hit antisense = hit_on(plus, 100, 200, 0.5f);
  antisense.strand = Strand::minus;
  EXPECT_EQ(run({.collapse = true}, {hit_on(plus, 100, 200, 0.5f), antisense}).loci, 2u);
  const auto [rows, loci] = run({.collapse = true}, {antisense, hit_on(minus, 100, 200, 0.5f)});
  EXPECT_EQ(loci, 1u) << "the antisense of one is the sense of the other";
  EXPECT_EQ(rows[0].record->name, "p") << "of equal scores the first";
}

TEST(Loci, WithoutCollapseRowsPassAndAreCountedOnce) {
  const auto a = transcript("a", "g", {{0, 500}}), b = transcript("b", "g", {{10, 500}});
  const auto far = transcript("f", "g", {{900, 1500}}), there = transcript("t", "g", {{0, 500}}, Strand::plus, "d");
  const std::vector<Hit> hits{hit_on(a, 0, 174, 0.5f), hit_on(a, 50, 224, 0.5f), hit_on(b, 40, 214, 0.5f),
                              hit_on(far, 0, 174, 0.5f), hit_on(there, 0, 174, 0.5f)};
  for (const bool ascending : {true, false}) {
    const auto [rows, loci] = run({.collapse = false, .ascending = ascending}, hits);
    EXPECT_EQ(loci, 3u);
    ASSERT_EQ(rows.size(), hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) EXPECT_EQ(rows[i].record, hits[i].record);
  }
}

TEST(Loci, RowsThatComeInAnyOrderGiveTheSameLoci) {
  std::vector<Hit> hits;
  for (int i = 0; i < 40; ++i) {
    const std::int64_t start = 137 * i % 1000;
    hits.push_back(hit_on(transcript("t", std::string(1, "gha"[i % 3]), {{start, start + 300}}), i % 100, i % 100 + 174,
                          float(i + 1) / 100));
  }
  const auto by_place = [](const Hit& a, const Hit& b) { return a.record->map->blocks() < b.record->map->blocks(); };
  auto sorted = hits;
  std::stable_sort(sorted.begin(), sorted.end(), by_place);
  const auto one = run({.collapse = true}, sorted), other = run({.collapse = true, .ascending = false}, hits);
  EXPECT_EQ(one.loci, other.loci);
  EXPECT_LT(one.loci, 40u);
  ASSERT_EQ(one.rows.size(), other.rows.size());
  for (std::size_t i = 0; i < one.rows.size(); ++i) EXPECT_EQ(one.rows[i].blocks, other.rows[i].blocks);
  EXPECT_TRUE(std::is_sorted(one.rows.begin(), one.rows.end(),
                             [](const Hit& a, const Hit& b) { return a.blocks.front() < b.blocks.front(); }));
}

}  // namespace
}  // namespace iresweep::test
