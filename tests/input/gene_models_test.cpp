// Annotations in every dialect, and what contradicts itself.
#include "host/input/gene_models/gene_models.h"

#include <gtest/gtest.h>

#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

using Exons = std::vector<Interval>;

class GeneModelsTest : public testing::Test {
 protected:
  GeneModels read(const std::string& text) { return read_gene_models(folder_.write("a", text), contradictions_); }
  std::string fault(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      return error.what_failed + " @ " + error.where;
    }
    return "none";
  }

  const TemporaryFolder folder_;
  Contradictions contradictions_{false};
};

const char* const kTail = "gene_name \"n\"; tag \"basic\"; tag \"CCDS\";\n";
std::string gtf(const std::string& contig, const std::string& type, int first, int last, char strand,
                const std::string& ids, char phase = '.') {
  return contig + "\tsource\t" + type + '\t' + std::to_string(first) + '\t' + std::to_string(last) + "\t.\t" + strand +
         '\t' + phase + '\t' + ids + ' ' + kTail;
}
const std::string kT1 = "gene_id \"g1\"; transcript_id \"t1\";", kT2 = "gene_id \"g1\"; transcript_id \"t2\";";

TEST_F(GeneModelsTest, GtfWithExonsInTheDirectionOfTheTranscript) {
  const auto models = read("#!genome-build x\n" + gtf("9", "gene", 101, 600, '-', "gene_id \"g1\";") +
                           gtf("9", "transcript", 101, 600, '-', kT1) + gtf("9", "exon", 501, 600, '-', kT1) +
                           gtf("9", "CDS", 501, 580, '-', kT1, '0') + gtf("9", "start_codon", 578, 580, '-', kT1, '0') +
                           gtf("9", "exon", 101, 200, '-', kT1) + gtf("9", "CDS", 154, 200, '-', kT1, '1') +
                           gtf("9", "stop_codon", 151, 153, '-', kT1, '0') + gtf("9", "exon", 301, 400, '-', kT1) +
                           gtf("9", "exon", 1, 50, '+', kT2) + gtf("9", "CDS", 1, 50, '+', kT2, '0'));
  ASSERT_EQ(models.transcripts.size(), 2u);
  const Transcript& one = models.transcripts[0];
  EXPECT_EQ(one.name, "t1");
  EXPECT_EQ(one.gene, "g1");
  EXPECT_EQ(models.contigs, (std::vector<std::string>{"9"}));
  EXPECT_EQ(one.strand, Strand::minus);
  EXPECT_EQ(one.exons, (Exons{{100, 200}, {300, 400}, {500, 600}}));
  EXPECT_EQ(one.cds, (Interval{150, 580})) << "with the stop codon, which GTF leaves out";
  EXPECT_TRUE(one.start_known);
  EXPECT_FALSE(models.transcripts[1].start_known) << "the file names start codons, but not this one";
  EXPECT_EQ(contradictions_.total(), 0u);
  EXPECT_EQ(models.facts.checksum.size(), 32u);
}

TEST_F(GeneModelsTest, GtfWithSemicolonsInQuotesAndBareValues) {
  const auto models = read(
      "c\ts\texon\t1\t9\t.\t+\t.\tgene_id \"a; b; transcript_id \"; level 2; transcript_id \"t;1\"\r\n"
      "c\ts\texon\t1\t9\t.\t+\t.\ttranscript_id t2; gene_id g2\n");
  ASSERT_EQ(models.transcripts.size(), 2u);
  EXPECT_EQ(models.transcripts[0].name, "t;1");
  EXPECT_EQ(models.transcripts[0].gene, "a; b; transcript_id ");
  EXPECT_EQ(models.transcripts[1].name, "t2");
  EXPECT_EQ(models.transcripts[1].gene, "g2");
}

TEST_F(GeneModelsTest, GtfLinesWithoutATranscript) {
  const std::string text = gtf("c", "tRNA", 1, 9, '+', "gene_id \"g\"; transcript_id \"\";") +
                           gtf("c", "exon", 1, 9, '+', "gene_id \"g\";") + gtf("c", "exon", 1, 9, '+', kT1);
  EXPECT_EQ(read(text).transcripts.size(), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::unnamed), 1u);
  EXPECT_NE(contradictions_.notes().at(0).find("'line 2'"), std::string::npos) << contradictions_.notes()[0];
  contradictions_ = Contradictions(true);
  EXPECT_NE(fault(text).find("line 2"), std::string::npos) << fault(text);
}

TEST_F(GeneModelsTest, TheFirstLinesTellTheFormat) {
  EXPECT_EQ(read("##gff-version 3\nc\ts\tregion\t1\t90\t.\t.\t.\t.\n"
                 "c\ts\texon\t1\t9\t.\t+\t.\tParent=t1\n")
                .transcripts.at(0)
                .name,
            "t1");
  EXPECT_EQ(
      read("c\ts\tgene\t1\t90\t.\t.\t.\tID=g\nc\ts\texon\t1\t9\t.\t+\t.\tID=e;Parent=t2\n").transcripts.at(0).name,
      "t2");
}

TEST_F(GeneModelsTest, TranscriptLinesThatAreReversedDoNotMatter) {
  const auto models = read(gtf("c", "transcript", 800, 100, '-', kT1) + gtf("c", "exon", 800, 900, '-', kT1) +
                           gtf("c", "exon", 50, 100, '-', kT1));
  EXPECT_EQ(models.transcripts.at(0).exons, (Exons{{49, 100}, {799, 900}}));
}

TEST_F(GeneModelsTest, Gff3AsEnsemblWritesIt) {
  const auto models = read(
      "##gff-version 3\n18\tE\tchromosome\t-14\t65\t.\t.\t.\tID=chromosome:18\n"
      "18\te\tgene\t1\t90\t.\t+\t.\tID=gene:G1;Name=n\n18\te\tlnc_RNA\t1\t90\t.\t+\t.\tID=transcript:T1;Parent=gene:"
      "G1\n"
      "18\te\texon\t1\t10\t.\t+\t.\tParent=transcript:T1;Name=E1\n18\te\texon\t81\t90\t.\t+\t.\tParent=transcript:T1\n"
      "18\te\tfive_prime_UTR\t1\t3\t.\t+\t.\tParent=transcript:T1\n18\te\tCDS\t4\t10\t.\t+\t0\tID=CDS:P;Parent="
      "transcript:T1\n"
      "###\n##FASTA\n>18\nACGT\n");
  ASSERT_EQ(models.transcripts.size(), 1u);
  EXPECT_EQ(models.transcripts[0].name, "T1");
  EXPECT_EQ(models.transcripts[0].gene, "G1");
  EXPECT_EQ(models.transcripts[0].exons, (Exons{{0, 10}, {80, 90}}));
  EXPECT_EQ(models.transcripts[0].cds, (Interval{3, 10}));
  EXPECT_TRUE(models.transcripts[0].start_known);
}

// Exons of two parents, children before their parents, a microRNA within a primary transcript, phase that is not 0.
TEST_F(GeneModelsTest, Gff3AsRefSeqWritesIt) {
  const auto models = read(
      "NC_1.1\tR\texon\t11\t20\t.\t-\t.\tID=exon-1;Parent=rna-NM_1.1,rna-XM_2.1\n"
      "NC_1.1\tR\tCDS\t11\t15\t.\t-\t2\tID=cds-1;Parent=rna-NM_1.1\n"
      "NC_1.1\tR\tmRNA\t11\t20\t.\t-\t.\tID=rna-NM_1.1;Parent=gene-A%2CB;transcript_id=NM_1.1\n"
      "NC_1.1\tR\tmRNA\t11\t20\t.\t-\t.\tID=rna-XM_2.1;Parent=gene-A%2CB\n"
      "NC_1.1\tR\tgene\t11\t20\t.\t-\t.\tID=gene-A%2CB\n"
      "NC_1.1\tR\tmiRNA\t40\t50\t.\t+\t.\tID=rna-M;Parent=rna-P\nNC_1.1\tR\texon\t40\t50\t.\t+\t.\tParent=rna-M\n"
      "NC_1.1\tR\tprimary_transcript\t30\t60\t.\t+\t.\tID=rna-P;Parent=gene-MIR\n"
      "NC_1.1\tR\texon\t30\t60\t.\t+\t.\tParent=rna-P\n"
      "NC_1.1\tR\tcDNA_match\t1\t9\t.\t+\t.\tID=match\n");
  ASSERT_EQ(models.transcripts.size(), 4u);
  EXPECT_EQ(models.transcripts[0].name, "NM_1.1");
  EXPECT_EQ(models.transcripts[0].gene, "A,B");
  EXPECT_FALSE(models.transcripts[0].start_known);
  EXPECT_EQ(models.transcripts[1].exons, (Exons{{10, 20}}));
  EXPECT_EQ(models.transcripts[2].name, "M");
  EXPECT_EQ(models.transcripts[2].gene, "MIR");
  EXPECT_EQ(contradictions_.total(), 0u);
}

TEST_F(GeneModelsTest, CodingStretchesStandInForExonsThatAreNotThere) {
  const auto models = read(
      "##gff-version "
      "3\nc\tx\tgene\t1\t90\t.\t+\t.\tID=gene-thrA\nc\tx\tCDS\t1\t60\t.\t+\t0\tID=cds-1;Parent=gene-thrA\n"
      "c\tx\tCDS\t61\t90\t.\t+\t0\tID=cds-1;Parent=gene-thrA\n");
  EXPECT_EQ(models.transcripts.at(0).name, "thrA");
  EXPECT_EQ(models.transcripts.at(0).exons, (Exons{{0, 90}}));
}

TEST_F(GeneModelsTest, AnRnaGenomeIsItsTranscript) {
  const auto models = read(
      "##gff-version 3\nV.1\tG\tregion\t1\t7400\t.\t+\t.\tID=V.1:1..7400;gbkey=Src;mol_type=genomic RNA\n"
      "V.1\tG\tCDS\t751\t957\t.\t+\t.\tName=VP4;ID=id-A\nV.1\tG\tCDS\t958\t7100\t.\t+\t.\tName=VP2;ID=id-B\n"
      "V.1\tG\tgene\t751\t7100\t.\t+\t.\tID=gene-P\nV.1\tG\tCDS\t751\t803\t.\t+\t0\tParent=gene-P\n");
  ASSERT_EQ(models.transcripts.size(), 1u);
  EXPECT_EQ(models.transcripts[0].name, "V.1");
  EXPECT_EQ(models.transcripts[0].exons, (Exons{{0, 7400}}));
  EXPECT_EQ(models.transcripts[0].cds, (Interval{750, 7100}));
  EXPECT_TRUE(models.transcripts[0].start_known);
}

TEST_F(GeneModelsTest, AProteinFromItsEndToItsStartIsToldAndCodesNothing) {
  const auto models = read(
      "##gff-version 3\nV\tG\tregion\t1\t90\t.\t+\t.\tID=V:1..90;mol_type=genomic RNA\n"
      "V\tG\tCDS\t60\t31\t.\t+\t0\tID=cds-A\nV\tG\tCDS\t0\t9\t.\t+\t0\tID=cds-B\n");
  ASSERT_EQ(models.transcripts.size(), 1u);
  EXPECT_FALSE(models.transcripts[0].cds);
  EXPECT_EQ(contradictions_.count(Contradiction::reversed), 2u);
}

TEST_F(GeneModelsTest, Bed12) {
  const auto models = read(
      "track name=x\n#c\nc\t100\t400\tt\t0\t-\t150\t380\t0\t2\t100,100,\t0,200,\n"
      "c\t100\t400\tt\t0\t+\t100\t400\t0,0,0\t1\t300\t0\tmore\nc\t100\t400\tu\t0\t+\t100\t100\t0\t1\t300\t0\n");
  ASSERT_EQ(models.transcripts.size(), 3u) << "names may repeat";
  EXPECT_EQ(models.transcripts[0].exons, (Exons{{100, 200}, {300, 400}}));
  EXPECT_EQ(models.transcripts[0].cds, (Interval{150, 380}));
  EXPECT_EQ(models.transcripts[0].name, "t");
  EXPECT_FALSE(models.transcripts[1].cds) << "all thick says nothing";
  EXPECT_FALSE(models.transcripts[2].cds);
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
