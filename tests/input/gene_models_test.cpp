// Annotations in every dialect.
#include "tests/input/gene_models_world.h"

namespace iresweep::test {
namespace {

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

// Versions are written, or not; region lines tell nothing; nor do AUGUSTUS's bare names.
TEST_F(GeneModelsTest, TheFirstLineWhoseAttributesTellTellsTheFormat) {
  const auto gff3 = read(
      "c\ts\tregion\t1\t90\t.\t.\t.\t.\n# and\nc\ts\tmRNA\t1\t9\t.\t+\t.\tID=m1\n"
      "c\ts\texon\t1\t9\t.\t+\t.\tParent=m1\n");
  EXPECT_EQ(gff3.transcripts.at(0).name, "m1");
  const auto augustus = read("c\ts\tgene\t1\t90\t.\t+\t.\tg1\nc\ts\ttranscript\t1\t9\t.\t+\t.\tg1.t1\n" +
                             gtf("c", "exon", 1, 9, '+', kT1));
  EXPECT_EQ(augustus.transcripts.at(0).name, "t1");
  EXPECT_NE(fault("c\ts\tregion\t1\t90\t.\t.\t.\t.\nno line\n").find("line 2"), std::string::npos);
  EXPECT_NE(fault("c\ts\tregion\t1\t90\t.\t.\t.\t.\n").find("no transcript"), std::string::npos);
}

TEST_F(GeneModelsTest, AByteOrderMarkIsNoPartOfTheFirstLine) {
  const std::string mark = "\xef\xbb\xbf";
  EXPECT_EQ(read(mark + gtf("c", "exon", 1, 9, '+', kT1)).contigs.at(0), "c");
  EXPECT_EQ(read(mark + "##gff-version 3\nc\ts\texon\t1\t9\t.\t+\t.\tParent=t\n").transcripts.at(0).name, "t");
  EXPECT_EQ(read(mark + "c\t1\t9\tn\t0\t+\t1\t9\t0\t1\t8\t0\n").contigs.at(0), "c");
  EXPECT_EQ(read(mark + "#c\nc\t1\t9\tn\t0\t+\t1\t9\t0\t1\t8\t0\n").contigs.at(0), "c");
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

// Before 2018 RefSeq numbered features: names stand in other attributes.
TEST_F(GeneModelsTest, Gff3AsRefSeqUsedToWriteIt) {
  const auto models = read(
      "##gff-version 3\nc\tR\tgene\t1\t90\t.\t+\t.\tID=gene0;Name=other;gene=X\n"
      "c\tR\tmRNA\t1\t90\t.\t+\t.\tID=rna0;Parent=gene0;Name=NM_2.1;transcript_id=NM_2.1\n"
      "c\tR\texon\t1\t90\t.\t+\t.\tID=id1;Parent=rna0;transcript_id=NM_2.1\n"
      "c\tR\tgene\t201\t260\t.\t+\t.\tID=gene1;Name=b2\nc\tR\tCDS\t201\t260\t.\t+\t0\tID=cds1;Parent=gene1\n"
      "c\tR\tgene\t301\t390\t.\t+\t.\tID=gene-Y-2;Name=Y;gene=Y\n"
      "c\tR\tmRNA\t301\t390\t.\t+\t.\tID=rna-NM_2.1-2;Parent=gene-Y-2;transcript_id=NM_2.1\n"
      "c\tR\texon\t301\t390\t.\t+\t.\tParent=rna-NM_2.1-2\n");
  ASSERT_EQ(models.transcripts.size(), 3u);
  EXPECT_EQ(models.transcripts[0].name, "NM_2.1");
  EXPECT_EQ(models.transcripts[0].gene, "X");
  EXPECT_EQ(models.transcripts[1].name, "b2");
  EXPECT_EQ(models.transcripts[1].gene, "b2");
  EXPECT_EQ(models.transcripts[2].name, "NM_2.1-2") << "a second place";
  EXPECT_EQ(models.transcripts[2].gene, "Y-2");
}

// As Prokka and miRBase write them. What may have introns is not taken for one exon.
TEST_F(GeneModelsTest, AnRnaWithoutExonsIsItsOwnLineInGff3) {
  const auto models = read(
      "##gff-version 3\nc\tP\ttRNA\t11\t90\t.\t-\t.\tID=P_2;gene=trnA\nc\tP\tCDS\t101\t160\t.\t+\t0\tID=P_3;gene=thrA\n"
      "c\tm\tmiRNA_primary_transcript\t201\t290\t.\t+\t.\tID=MI1\nc\tm\tmiRNA\t211\t230\t.\t+\t.\tID=MIMAT1;Derives_"
      "from=MI1\n"
      "c\tx\tprimary_transcript\t301\t390\t.\t+\t.\tID=pri\nc\tx\tmiRNA\t311\t330\t.\t+\t.\tID=mi;Parent=pri\n"
      "c\tx\texon\t311\t330\t.\t+\t.\tParent=mi\nc\tx\tmRNA\t401\t490\t.\t+\t.\tID=message\n"
      "c\tx\ttRNA\t0\t40\t.\t+\t.\tID=before\n");
  ASSERT_EQ(models.transcripts.size(), 5u);
  EXPECT_EQ(models.transcripts[0].name, "P_2");
  EXPECT_EQ(models.transcripts[0].gene, "trnA");
  EXPECT_EQ(models.transcripts[0].exons, (Exons{{10, 90}}));
  EXPECT_EQ(models.transcripts[1].gene, "thrA");
  EXPECT_EQ(models.transcripts[2].exons, (Exons{{200, 290}}));
  EXPECT_EQ(models.transcripts[3].exons, (Exons{{210, 230}}));
  EXPECT_EQ(models.transcripts[4].name, "mi");
  EXPECT_EQ(contradictions_.count(Contradiction::no_exons), 2u) << "'pri', which has a part with exons, and 'message'";
  EXPECT_EQ(contradictions_.count(Contradiction::reversed), 1u);
}

TEST_F(GeneModelsTest, AStartThatIsNotKnownIsNoStartCodon) {
  const auto known = [&](const std::string& cds, const std::string& rna = "") {
    return read("##gff-version 3\nc\tx\tmRNA\t1\t90\t.\t" + cds.substr(0, 1) + "\t.\tID=t" + rna + "\n" +
                "c\tx\tCDS\t1\t90\t.\t" + cds + "\n")
        .transcripts.at(0)
        .start_known;
  };
  EXPECT_TRUE(known("+\t0\tParent=t"));
  EXPECT_FALSE(known("+\t2\tParent=t"));
  EXPECT_FALSE(known("+\t0\tParent=t", ";tag=basic,cds_start_NF")) << "Ensembl";
  EXPECT_FALSE(known("+\t0\tParent=t;partial=true;start_range=.,1")) << "RefSeq";
  EXPECT_TRUE(known("+\t0\tParent=t;partial=true;end_range=90,.")) << "the end is not known";
  EXPECT_FALSE(known("-\t0\tParent=t;partial=true;end_range=90,."));
  EXPECT_TRUE(known("-\t0\tParent=t;partial=true;start_range=.,1"));
  EXPECT_TRUE(known("+\t0\tParent=t", ";partial=true;start_range=.,1")) << "of the transcript: only its UTR is";
  const std::string missing = "gene_id \"g\"; transcript_id \"t\"; tag \"basic\"; tag \"cds_start_NF\";";
  EXPECT_FALSE(read(gtf("c", "exon", 1, 90, '+', missing) + gtf("c", "CDS", 1, 90, '+', missing, '0'))
                   .transcripts[0]
                   .start_known);
}

// bp_genbank2gff3.pl, as of yeast: GenBank's codon_start in the column of phases, of every line.
TEST_F(GeneModelsTest, AColumnOfOneDigitHoldsNoPhases) {
  const auto line = [](const std::string& type, const std::string& attributes, char phase) {
    return "c\tG\t" + type + "\t1\t90\t.\t+\t" + phase + '\t' + attributes + '\n';
  };
  const std::string version = "##gff-version 3\n", gene = line("gene", "ID=g", '1');
  EXPECT_TRUE(read(version + gene + line("CDS", "Parent=g", '1')).transcripts[0].start_known);
  EXPECT_FALSE(read(version + gene + line("CDS", "Parent=g;codon_start=2", '1')).transcripts[0].start_known);
  EXPECT_FALSE(read(version + line("CDS", "Parent=g", '1')).transcripts[0].start_known) << "of coding lines only";
  EXPECT_FALSE(
      read(version + gene + line("CDS", "Parent=g", '1') + line("CDS", "ID=h", '0')).transcripts[0].start_known)
      << "phases differ";
}

TEST_F(GeneModelsTest, CodingStretchesStandInForExonsThatAreNotThere) {
  const auto models = read(
      "##gff-version "
      "3\nc\tx\tgene\t1\t90\t.\t+\t.\tID=gene-thrA\nc\tx\tCDS\t1\t60\t.\t+\t0\tID=cds-1;Parent=gene-thrA\n"
      "c\tx\tCDS\t61\t90\t.\t+\t0\tID=cds-1;Parent=gene-thrA\n");
  EXPECT_EQ(models.transcripts.at(0).name, "thrA");
  EXPECT_EQ(models.transcripts.at(0).gene, "thrA");
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

}  // namespace
}  // namespace iresweep::test
