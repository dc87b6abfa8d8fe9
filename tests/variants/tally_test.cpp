// What users are told of alleles that were not scored.
#include "host/variants/tally.h"

#include <gtest/gtest.h>

#include "iresweep/error.h"

namespace iresweep {
namespace {

VariantRecord record(std::int64_t position, std::vector<std::string> alts) {
  VariantRecord made;
  made.contig = "c1";
  made.position = position;
  made.ref = "A";
  made.alts = std::move(alts);
  return made;
}

Effect effect(std::size_t alt, Verdict verdict) {
  Effect made;
  made.alt = alt;
  made.verdict = verdict;
  return made;
}

using Notes = std::vector<std::string>;

TEST(VariantTally, AnAlleleOnManyTranscriptsIsOneAllele) {
  VariantTally tally;
  const Effect boundary = effect(0, Verdict::exon_boundary);
  tally.add(record(9, {"C"}), {boundary, boundary, boundary});
  tally.add(record(19, {"G", "T"}), {boundary, boundary, effect(1, Verdict::exon_boundary)});
  EXPECT_EQ(tally.notes(),
            Notes{"alleles that span an exon's boundary are not scored: 3 ('c1:10 A>C', 'c1:20 A>G', 'c1:20 A>T')"});
  tally.add(record(29, {"C"}), {boundary});
  EXPECT_EQ(tally.notes(), Notes{"alleles that span an exon's boundary are not scored: 4 ('c1:10 A>C', 'c1:20 A>G', "
                                 "'c1:20 A>T', ...)"});
  EXPECT_EQ(tally.alleles(), 4u);
}

TEST(VariantTally, WhatIsScoredOnAnotherTranscriptIsNotCalledNotScored) {
  VariantTally tally;
  const Effect boundary = effect(0, Verdict::exon_boundary), scored = effect(0, Verdict::scored);
  tally.add(record(9, {"C"}), {boundary, scored, boundary, effect(0, Verdict::short_transcript)});
  tally.add(record(9, {"C"}), {boundary, scored});
  tally.add(record(19, {"C"}), {boundary});
  EXPECT_EQ(
      tally.notes(),
      (Notes{"alleles that span an exon's boundary are not scored: 1 ('c1:20 A>C')",
             "alleles that span an exon's boundary, but are scored on other transcripts: 2; on 3 transcripts they "
             "are not ('c1:10 A>C', ...)",
             "alleles that lie on transcripts shorter than a window, but are scored on other transcripts: 1; on 1 "
             "transcripts they are not ('c1:10 A>C')"}));
  EXPECT_EQ(tally.scored(), 2u);
}

TEST(VariantTally, RecordsWithoutAContigOfTheGenomeAreAnError) {
  Contigs genome;
  genome.add("1", 1000);
  VariantTally tally;
  tally.check_contigs(genome, "v.vcf");
  tally.add(record(9, {}), {});  // without an ALT nothing is asked about it
  tally.check_contigs(genome, "v.vcf");
  tally.add(record(9, {"C"}), {effect(0, Verdict::unknown_contig)});
  try {
    tally.check_contigs(genome, "v.vcf");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.what_failed, "the genome has none of the contigs of the records: it has '1', the records 'c1'");
    EXPECT_NE(error.hint.find("--rename-chrs"), std::string::npos);
  }
  tally.add(record(19, {"<DEL>"}), {effect(0, Verdict::symbolic)});
  tally.check_contigs(genome, "v.vcf");
}

}  // namespace
}  // namespace iresweep
