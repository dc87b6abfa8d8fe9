// The page's loci are those of Loci and ReadLoci: a place on the genome once, however many isoforms or reads share it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>
#include <utility>

#include "host/output/report/report_collector.h"
#include "tests/scan/caller_world.h"

namespace iresweep::test {
namespace {

constexpr double kCallFrom = 0.3;

/// A contig, and isoforms of its genes.
class PlacesTest : public ::testing::Test {
 protected:
  PlacesTest() : network_(seeded_network(1)), arbiter_(network_, kCallFrom), contig_(random_codes(random_, 8000)) {
    for (std::int64_t gene = 0; gene < 4; ++gene) {
      const std::int64_t at = 2000 * gene;
      const std::string name = gene % 2 == 0 ? fmt::format("g{}", gene) : "";  // of some the gene is not known
      const Strand strand = gene < 3 ? Strand::plus : Strand::minus;
      add(name, strand, {{at, at + 600}, {at + 800, at + 1500}});
      add(name, strand, {{at, at + 600}, {at + 800, at + 1900}});
      add(name, strand, {{at + 20, at + 700}, {at + 800, at + 1500}});
      add(name, strand, {{at + 100, at + 1400}});
    }
  }

  // The bases of the exons, in the direction of the transcript, and windows every 50 of them.
  void add(const std::string& gene, Strand strand, const std::vector<Interval>& exons) {
    std::vector<BaseCode> codes;
    for (const Interval& exon : exons)
      codes.insert(codes.end(), contig_.begin() + exon.start, contig_.begin() + exon.end);
    if (strand == Strand::minus) {
      std::reverse(codes.begin(), codes.end());
      std::transform(codes.begin(), codes.end(), codes.begin(), complement);
    }
    ExactRecord made = exact_record(arbiter_, records_.size(), codes, 50);
    Record record = *made.record;
    record.gene = gene;
    record.map.emplace("c", strand, exons);
    record.cds = Interval{100, 700};
    made.record = std::make_shared<const Record>(std::move(record));
    records_.push_back(std::move(made));
  }

  void collect(const LocusRules& rules, const JobOptions& options) {
    found_ = std::make_unique<ReportCollector>(kCallFrom, 8, rules, arbiter_);
    for (Job& job : make_jobs(records_, options)) {
      arbiter_.settle(job);
      found_->take(job);
    }
    found_->finish();
  }

  // Rows of the output as the program makes them, through `places`; the best first.
  template <class Places>
  std::vector<Hit> rows_of(Places& places, HitList& rows, const JobOptions& options) {
    for (const Hit& hit : called(options).hits) places.write(hit);
    places.finish();
    std::sort(rows.hits.begin(), rows.hits.end(), [](const Hit& a, const Hit& b) {
      return std::tuple(-a.score, a.record->index, a.start) < std::tuple(-b.score, b.record->index, b.start);
    });
    return rows.hits;
  }

  Called called(const JobOptions& options) {
    CallRules rules;
    rules.threshold_logit = kCallFrom;
    rules.shows_steps = false;  // scores stay the engine's, as on the page
    return call(records_, rules, arbiter_, options);
  }

  static std::string text_of(const Hit& hit) {
    std::string text = fmt::format("{}, {} reads,", row(hit), hit.reads);
    for (const Interval& block : hit.blocks) text += fmt::format(" {}-{}", block.start, block.end);
    for (const std::string& name : hit.transcripts) text += " " + name;
    return text;
  }

  void expect_top(const std::vector<Hit>& rows) {
    const std::size_t shown = std::min(rows.size(), ReportCollector::kTopLoci);
    ASSERT_EQ(found_->top().size(), shown);
    for (std::size_t i = 0; i < shown; ++i) {
      EXPECT_EQ(text_of(found_->top()[i]), text_of(rows[i])) << i;
      EXPECT_FALSE(found_->top()[i].profile->points.empty()) << i;
    }
  }

  Random random_{7};
  Network network_;
  Arbiter arbiter_;
  std::vector<BaseCode> contig_;
  std::vector<ExactRecord> records_;
  std::unique_ptr<ReportCollector> found_;
};

TEST_F(PlacesTest, WhatIsoformsShareIsOneLocus) {
  for (const bool by_place : {true, false}) {
    if (!by_place) std::swap(records_[0], records_[9]);
    for (const std::size_t windows : {1000u, 7u}) {
      const JobOptions options{.minus = true, .job_windows = windows, .noise = 5e-6};
      collect({.records = RecordKind::transcripts, .by_place = by_place}, options);
      HitList rows;
      Loci loci({.collapse = true, .ascending = by_place}, arbiter_, rows);
      const auto best = rows_of(loci, rows, options);
      EXPECT_EQ(found_->loci(), loci.count());
      EXPECT_LT(found_->loci(), called(options).counts.loci) << "nothing was shared";
      expect_top(best);
    }
  }
}

TEST_F(PlacesTest, WhatReadsShareIsOneLocusAndFewReadsAreNotShown) {
  for (const std::uint64_t min_reads : {1u, 2u}) {
    const JobOptions options{.minus = true};
    collect({.records = RecordKind::reads, .min_reads = min_reads}, options);
    HitList rows;
    ReadLoci loci(min_reads, arbiter_, rows);
    const auto best = rows_of(loci, rows, options);
    EXPECT_EQ(found_->loci(), loci.count());
    EXPECT_EQ(loci.rows() < loci.count(), min_reads > 1);
    expect_top(best);
  }
}

TEST_F(PlacesTest, OnContigsEveryRegionIsALocus) {
  collect({.records = RecordKind::regions}, {});
  EXPECT_EQ(found_->loci(), called({}).counts.loci);
}

TEST(TopLoci, KeepsTheBestInOrderAndTellsWhatIsTooLow) {
  TopLoci top(2);
  const auto write = [&](std::uint64_t index, float score, bool pictured = true) {
    Hit hit;
    hit.record = std::make_shared<Record>(Record{fmt::format("r{}", index), index});
    hit.score = score;
    if (pictured) hit.profile = std::make_shared<Profile>();
    top.write(hit);
  };
  write(3, 0.5f);
  EXPECT_TRUE(top.may_show(0.1f));
  write(2, 0.7f);
  EXPECT_FALSE(top.may_show(0.4f));
  EXPECT_TRUE(top.may_show(0.49999f)) << "the oracle may say otherwise";
  write(1, 0.4f, false);
  write(0, 0.5f);
  ASSERT_EQ(top.top().size(), 2u);
  EXPECT_EQ(top.top()[0].record->index, 2u);
  EXPECT_EQ(top.top()[1].record->index, 0u) << "of equal scores the first";
}

TEST(Rivals, AreOfDifferentGenesContigsOrStrands) {
  Rivals rivals(3);
  const auto offer = [&](const std::string& gene, const std::string& contig, Strand strand, float score) {
    Record record{"t"};
    record.gene = gene;
    record.map.emplace(contig, strand, std::vector<Interval>{{0, 200}});
    Hit hit;
    hit.record = std::make_shared<Record>(std::move(record));
    hit.score = score;
    rivals.offer(hit);
  };
  offer("g", "c", Strand::plus, 0.5f);
  offer("g", "c", Strand::plus, 0.9f);
  offer("g", "c", Strand::plus, 0.8f);
  offer("h", "c", Strand::plus, 0.7f);
  EXPECT_TRUE(rivals.may_show(0.1f)) << "these are two genes";
  offer("g", "c", Strand::minus, 0.6f);
  EXPECT_FALSE(rivals.may_show(0.5f));
  EXPECT_TRUE(rivals.may_show(0.65f));
  offer("g", "d", Strand::plus, 0.75f);
  EXPECT_FALSE(rivals.may_show(0.65f));
  EXPECT_TRUE(rivals.may_show(0.69997f)) << "the oracle may say otherwise of both";
}

}  // namespace
}  // namespace iresweep::test
