// Annotations that contradict themselves, or are none.
#include "tests/input/gene_models_world.h"

namespace iresweep::test {
namespace {

TEST_F(GeneModelsTest, GtfLinesWithoutATranscript) {
  const std::string text = gtf("c", "tRNA", 1, 9, '+', "gene_id \"g\"; transcript_id \"\";") +
                           gtf("c", "exon", 1, 9, '+', "gene_id \"g\";") + gtf("c", "exon", 1, 9, '+', kT1);
  EXPECT_EQ(read(text).transcripts.size(), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::unnamed), 1u);
  EXPECT_NE(contradictions_.notes().at(0).find("'line 2'"), std::string::npos) << contradictions_.notes()[0];
  contradictions_ = Contradictions(true);
  EXPECT_NE(fault(text).find("line 2"), std::string::npos) << fault(text);
}

TEST_F(GeneModelsTest, AProteinFromItsEndToItsStartIsToldAndCodesNothing) {
  const auto models = read(
      "##gff-version 3\nV\tG\tregion\t1\t90\t.\t+\t.\tID=V:1..90;mol_type=genomic RNA\n"
      "V\tG\tCDS\t60\t31\t.\t+\t0\tID=cds-A\nV\tG\tCDS\t0\t9\t.\t+\t0\tID=cds-B\n");
  ASSERT_EQ(models.transcripts.size(), 1u);
  EXPECT_FALSE(models.transcripts[0].cds);
  EXPECT_EQ(contradictions_.count(Contradiction::reversed), 2u);
}

TEST_F(GeneModelsTest, Bed12WhoseBlocksAndEndsDisagree) {
  const auto models = read(
      "c\t100\t400\tgood\t0\t+\t100\t100\t0\t2\t100,100\t200,0\n"
      "c\t400\t100\tbackwards\t0\t+\t100\t100\t0\t1\t300\t0\n"
      "c\t100\t500\tends\t0\t+\t100\t100\t0\t2\t100,100\t0,200\n"
      "c\t100\t400\tbegins\t0\t+\t100\t100\t0\t2\t100,100\t10,200\n");
  EXPECT_EQ(models.transcripts.size(), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::blocks_short), 3u);
  EXPECT_NE(contradictions_.notes().at(0).find("'backwards', 'ends', 'begins'"), std::string::npos);
}

// UCSC's and NCBI's files name copies of a gene alike, NCBI's all that it has no name for.
TEST_F(GeneModelsTest, OneNameAtTwoPlacesIsNoTranscript) {
  const auto named = [](const std::string& name, const std::string& gene = "g") {
    return "gene_id \"" + gene + "\"; transcript_id \"" + name + "\";";
  };
  const auto models = read(
      gtf("c", "CDS", 1, 90, '+', named("of_two", "g"), '0') +
      gtf("c", "CDS", 201, 290, '+', named("of_two", "h"), '0') + gtf("c", "transcript", 1, 90, '+', named("apart")) +
      gtf("c", "exon", 1, 90, '+', named("apart")) + gtf("c", "transcript", 201, 290, '+', named("apart")) +
      gtf("c", "exon", 201, 290, '+', named("apart")) + gtf("c", "transcript", 1, 90, '+', named("again")) +
      gtf("c", "transcript", 1, 90, '+', named("again")) + gtf("c", "exon", 1, 90, '+', named("again")));
  ASSERT_EQ(models.transcripts.size(), 1u);
  EXPECT_EQ(models.transcripts[0].name, "again");
  EXPECT_EQ(contradictions_.count(Contradiction::two_places), 2u);
  EXPECT_NE(contradictions_.notes().at(0).find("'of_two', 'apart'"), std::string::npos);
  const auto twice = read(
      "##gff-version 3\nc\tx\tmRNA\t1\t9\t.\t+\t.\tID=m;Parent=g\nc\tx\tmRNA\t1\t9\t.\t+\t.\tID=m;Parent=h\n"
      "c\tx\texon\t1\t9\t.\t+\t.\tParent=m\nc\tx\texon\t1\t9\t.\t+\t.\tParent=good\n");
  EXPECT_EQ(twice.transcripts.size(), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::two_places), 3u);
}

TEST_F(GeneModelsTest, WhenNothingIsLeftTheReasonsAreTold) {
  const std::string text = gtf("c", "exon", 1, 9, '.', kT1) + gtf("c", "exon", 1, 9, '.', kT2) +
                           gtf("c", "exon", 9, 1, '+', "gene_id \"g\"; transcript_id \"back\";");
  EXPECT_NE(fault(text).find("with an exon that ends before it begins: 1 ('back'), without a strand: 2 ('t1', 't2')"),
            std::string::npos)
      << fault(text);
}

TEST_F(GeneModelsTest, WhatContradictsItselfIsCountedAndNamed) {
  const auto exon = [](const std::string& name, int first, int last, char strand = '+', const char* contig = "c") {
    return gtf(contig, "exon", first, last, strand, "gene_id \"g\"; transcript_id \"" + name + "\";");
  };
  const std::string text =
      exon("good", 1, 9) + exon("overlap", 1, 9) + exon("overlap", 9, 20) + exon("twice", 1, 9) + exon("twice", 1, 9) +
      exon("both", 1, 9) + exon("both", 20, 30, '-') + exon("two", 1, 9) + exon("two", 1, 9, '+', "d") +
      exon("back", 9, 1) + exon("none", 1, 9, '.') +
      gtf("c", "transcript", 5, 9, '+', "gene_id \"g\"; transcript_id \"out\";") + exon("out", 1, 9) +
      gtf("c", "transcript", 5, 9, '+', "gene_id \"g\"; transcript_id \"bare\";") + exon("cds", 1, 9) +
      gtf("c", "CDS", 7, 12, '+', "gene_id \"g\"; transcript_id \"cds\";", '0');
  EXPECT_EQ(read(text).transcripts.size(), 1u);
  EXPECT_EQ(contradictions_.total(), 9u);
  for (const auto& [kind, count] : std::vector<std::pair<Contradiction, int>>{{Contradiction::exons_overlap, 2},
                                                                              {Contradiction::mixed_strands, 1},
                                                                              {Contradiction::two_contigs, 1},
                                                                              {Contradiction::reversed, 1},
                                                                              {Contradiction::no_strand, 1},
                                                                              {Contradiction::exon_outside, 1},
                                                                              {Contradiction::no_exons, 1},
                                                                              {Contradiction::cds_outside, 1}})
    EXPECT_EQ(contradictions_.count(kind), std::uint64_t(count)) << words_for(kind);
  EXPECT_EQ(contradictions_.notes().size(), 8u);
  EXPECT_NE(contradictions_.notes()[1].find("with exons that overlap are left out: 2 ('overlap', 'twice')"),
            std::string::npos)
      << contradictions_.notes()[1];
  contradictions_ = Contradictions(true);
  EXPECT_NE(fault(text).find("'overlap'"), std::string::npos) << fault(text);
  EXPECT_NE(fault(text).find("line 2"), std::string::npos) << fault(text);
}

TEST_F(GeneModelsTest, WhatIsNoAnnotationIsNamed) {
  EXPECT_NE(fault("").find("no line of data"), std::string::npos);
  EXPECT_NE(fault("# only\n\n").find("no line of data"), std::string::npos);
  EXPECT_NE(fault(">a\nACGT\n").find("neither GTF"), std::string::npos);
  EXPECT_NE(fault("c\t1\t9\n").find("BED12"), std::string::npos);
  EXPECT_NE(fault("c\t1\t9\tn\t0\t+\t1\t9\t0\t2\t4\t0\n").find("BED12"), std::string::npos) << "a block short";
  EXPECT_NE(fault(gtf("c", "gene", 1, 9, '+', "gene_id \"g\";")).find("no transcript"), std::string::npos);
  EXPECT_NE(fault(gtf("c", "exon", 1, 9, '+', "gene_id \"g\";")).find("no transcript"), std::string::npos);
  EXPECT_NE(fault(gtf("c", "exon", 1, 9, '+', kT1) + "c\ts\texon\tx\t9\t.\t+\t.\tx\n").find("line 2"),
            std::string::npos);
  EXPECT_NE(fault("c\ts\texon\t1\t9\t.\t+\t.\ttranscript_id \"t\n").find("quotes"), std::string::npos);
  EXPECT_THROW(read_gene_models(folder_.path("nowhere"), contradictions_), Error);
}

// Sums of them would not fit 64 bits.
TEST_F(GeneModelsTest, PositionsBeyondReasonAreRefused) {
  const std::string far = "9223372036854775807", before = "-9223372036854775808";
  for (const std::string& place : {"1\t" + far, before + "\t9", before + '\t' + far})
    EXPECT_NE(fault("c\ts\texon\t" + place + "\t.\t+\t.\ttranscript_id \"t\";\n").find("no line of an annotation"),
              std::string::npos)
        << place;
  for (const char* blocks : {"9223372036854775807\t0", "9\t9223372036854775807"})
    EXPECT_NE(fault(std::string("c\t1\t9\tn\t0\t+\t1\t9\t0\t1\t") + blocks + '\n').find("BED12"), std::string::npos)
        << blocks;
  EXPECT_NE(fault("c\t" + before + "\t" + far + "\tn\t0\t+\t1\t9\t0\t1\t8\t0\n").find("BED12"), std::string::npos);
}

}  // namespace
}  // namespace iresweep::test
