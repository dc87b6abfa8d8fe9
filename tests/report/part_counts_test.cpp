// Hits per kb: bases and loci on the genome, once for each part.
#include "host/output/report/part_counts.h"

#include <gtest/gtest.h>

#include <memory>

namespace iresweep::test {
namespace {

std::shared_ptr<Record> transcript(Strand strand, const std::vector<Interval>& exons, std::optional<Interval> cds) {
  Record record{"t"};
  record.gene = "g";
  record.map.emplace("c", strand, exons);
  record.cds = cds;
  return std::make_shared<Record>(std::move(record));
}

Hit locus(const std::shared_ptr<Record>& record, std::int64_t start, Strand strand = Strand::plus) {
  Hit hit;
  hit.record = record;
  hit.strand = strand;
  hit.start = hit.best_start = start;
  hit.end = hit.best_end = start + 174;
  return hit;
}

void expect_row(const PartCounts& counts, TranscriptPart part, std::uint64_t bases, std::uint64_t loci) {
  const auto row = counts.rows()[std::size_t(part)];
  EXPECT_EQ(row.bases, bases) << kPartNames[std::size_t(part)];
  EXPECT_EQ(row.loci, loci) << kPartNames[std::size_t(part)];
}

TEST(PartCounts, BasesThatIsoformsShareAreCountedOnce) {
  PartCounts counts;
  const auto a = transcript(Strand::plus, {{1000, 1300}, {2000, 2700}}, Interval{300, 600});
  const auto b = transcript(Strand::plus, {{1100, 1300}, {2000, 2700}}, Interval{200, 500});
  for (int times = 0; times < 3; ++times) counts.add_transcript(*a);
  counts.add_transcript(*b);
  expect_row(counts, TranscriptPart::five_prime_utr, 300, 0);
  expect_row(counts, TranscriptPart::cds, 300, 0);
  expect_row(counts, TranscriptPart::three_prime_utr, 400, 0);
  expect_row(counts, TranscriptPart::noncoding, 0, 0);
}

TEST(PartCounts, ALocusCountsInEveryPartThatItsMiddleIsOf) {
  PartCounts counts;
  const auto a = transcript(Strand::plus, {{1000, 2000}}, Interval{500, 800});
  const auto b = transcript(Strand::plus, {{1000, 2000}}, Interval{200, 800});
  counts.add_locus(locus(a, 313));  // its middle is base 1400: 5' UTR of a; b comes later
  counts.add_transcript(*a);
  counts.add_transcript(*b);
  counts.add_locus(locus(b, 0));
  counts.add_locus(locus(b, 100, Strand::minus));  // antisense
  expect_row(counts, TranscriptPart::five_prime_utr, 500, 2);
  expect_row(counts, TranscriptPart::cds, 600, 1);
  expect_row(counts, TranscriptPart::three_prime_utr, 200, 0);
}

TEST(PartCounts, OfAMinusStrandAndAFeature) {
  PartCounts counts;
  const auto a = transcript(Strand::minus, {{1000, 1500}, {1600, 2100}}, Interval{400, 700});
  a->feature = Interval{0, 400};
  counts.add_transcript(*a);
  const auto other = transcript(Strand::plus, {{1000, 2100}}, std::nullopt);
  counts.add_transcript(*other);
  counts.add_locus(locus(a, 0));
  counts.add_locus(locus(a, 313));  // half of it: its middle is the first base of the CDS
  counts.add_window(*a, {313, 487}, true);
  expect_row(counts, TranscriptPart::five_prime_utr, 400, 2);
  expect_row(counts, TranscriptPart::cds, 0, 0);
  expect_row(counts, TranscriptPart::noncoding, 1100, 0);
  EXPECT_EQ(counts.rows()[std::size_t(TranscriptPart::five_prime_utr)].called, 1u);
}

TEST(PartCounts, WhatIsNoTranscriptIsNotCounted) {
  PartCounts counts;
  const auto region = transcript(Strand::plus, {{0, 1000}}, std::nullopt);
  region->gene.clear();
  const auto contig = std::make_shared<Record>(Record{"c"});
  for (const auto& record : {region, contig}) {
    counts.add_transcript(*record);
    counts.add_window(*record, {0, 174}, true);
    counts.add_locus(locus(record, 0));
  }
  for (const auto& row : counts.rows()) EXPECT_EQ(row.windows + row.called + row.loci + row.bases, 0u);
}

TEST(BaseSet, IsTheSameHoweverMuchIsAdded) {
  BaseSet bases;
  for (int times = 0; times < 3; ++times)
    for (std::int64_t i = 0; i < 3000; ++i) bases.add({{10 * i, 10 * i + 4}, {10 * i + 2, 10 * i + 6}});
  const auto blocks = bases.blocks();
  ASSERT_EQ(blocks.size(), 3000u);
  for (std::int64_t i = 0; i < 3000; ++i) EXPECT_EQ(blocks[std::size_t(i)], (Interval{10 * i, 10 * i + 6}));
}

}  // namespace
}  // namespace iresweep::test
