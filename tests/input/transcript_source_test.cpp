// Spliced transcripts: their sequences, order, places and features.
#include "host/input/gene_models/transcript_source.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "host/input/fasta_source.h"
#include "host/input/gene_models/name_matcher.h"
#include "iresweep/error.h"
#include "tests/support/temporary_folder.h"

namespace iresweep::test {
namespace {

struct Read {
  std::string name, contig, bases;
  std::optional<Interval> feature;
  std::optional<std::int64_t> start_codon;
};

std::vector<Read> read_all(SequenceSource& source) {
  std::vector<Read> all;
  while (const auto piece = source.next()) {
    const Record& record = *piece->record;
    if (all.size() == record.index)
      all.push_back({record.name, record.map->contig(), "", record.feature, record.start_codon});
    for (const BaseCode code : piece->codes) all.at(record.index).bases += "ACGTN"[code];
    EXPECT_EQ(piece->last, std::int64_t(all.back().bases.size()) == record.map->size());
  }
  return all;
}

class TranscriptsTest : public testing::Test {
 protected:
  // chr2 before chr1: the order of the genome is that of the file.
  const TemporaryFolder folder_;
  const std::string genome_ = folder_.write("g.fa", ">chr2\nAACCGGTTACGT\n>chr1.7 x\nACGTACGTNNAACCGGTTAA\n");
  const std::string bed_ = folder_.write("m.bed",
                                         "chr1\t0\t20\ttwo\t0\t-\t2\t18\t0\t2\t4,6\t0,14\n"
                                         "chr1\t0\t8\tone\t0\t+\t0\t8\t0\t2\t2,3\t0,5\n"
                                         "chr2\t4\t12\tother\t0\t+\t6\t12\t0\t1\t8\t0\n"
                                         "chr3\t0\t5\tno_contig\t0\t+\t0\t0\t0\t1\t5\t0\n"
                                         "chr2\t9\t15\ttoo_far\t0\t+\t0\t0\t0\t1\t6\t0\n");
  Contradictions contradictions_{false};
  GeneModels models() { return read_gene_models(bed_, contradictions_); }
  std::unique_ptr<TranscriptSource> spliced(Feature feature = Feature::transcript) {
    return transcripts_of_genome(std::make_unique<Genome>(std::vector{genome_}, ""), models(), feature,
                                 contradictions_);
  }
};

TEST_F(TranscriptsTest, AreSplicedInTheirDirectionInOrderOfTheGenome) {
  const auto source = spliced();
  const auto all = read_all(*source);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].name, "other");
  EXPECT_EQ(all[0].bases, "GGTTACGT");
  EXPECT_EQ(all[0].start_codon, 2);
  EXPECT_EQ(all[1].name, "one") << "of equal first bases the one that ends first";
  EXPECT_EQ(all[1].bases, "ACCGT");
  EXPECT_EQ(all[1].contig, "chr1.7") << "as the genome calls it";
  EXPECT_EQ(all[2].bases,
            "TTAACC"
            "ACGT")
      << "the reverse complement of ACGT + GGTTAA";
  EXPECT_EQ(all[2].start_codon, 2);
  EXPECT_EQ(contradictions_.count(Contradiction::unknown_contig), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::past_end), 1u);
  const auto facts = source->facts();
  ASSERT_EQ(facts.size(), 2u) << "the genome and the annotation";
  EXPECT_EQ(facts[0].records, 3u);
  EXPECT_EQ(facts[0].bases, 23u);
}

TEST_F(TranscriptsTest, FeaturesAreOnTheSplicedSequence) {
  const auto feature = [&](Feature wanted) {
    const auto source = spliced(wanted);
    std::vector<std::pair<std::string, Interval>> found;
    for (const Read& read : read_all(*source)) found.emplace_back(read.name, read.feature.value());
    found.emplace_back("without", Interval{0, std::int64_t(source->without_feature())});
    return found;
  };
  using Stretches = std::vector<std::pair<std::string, Interval>>;
  EXPECT_EQ(feature(Feature::five_prime_utr), (Stretches{{"other", {0, 2}}, {"two", {0, 2}}, {"without", {0, 1}}}));
  EXPECT_EQ(feature(Feature::cds), (Stretches{{"other", {2, 8}}, {"two", {2, 8}}, {"without", {0, 1}}}));
  EXPECT_EQ(feature(Feature::three_prime_utr), (Stretches{{"two", {8, 10}}, {"without", {0, 2}}}));
}

TEST_F(TranscriptsTest, OfAFastaArePlacedByName) {
  const auto fasta = folder_.write("t.fa", ">two|x\nTTAACCACGT\n>stranger\nACGT\n>one.1\nACCGT\n>other\nGGTTACG\n");
  const auto source = transcripts_of_fasta(open_fasta({fasta}), models(), Feature::transcript, contradictions_);
  const auto all = read_all(*source);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "two|x");
  EXPECT_EQ(all[0].contig, "chr1");
  EXPECT_EQ(all[1].name, "one.1");
  EXPECT_EQ(contradictions_.count(Contradiction::not_annotated), 1u);
  EXPECT_EQ(contradictions_.count(Contradiction::other_length), 1u);
  const auto strangers = transcripts_of_fasta(open_fasta({folder_.write("s.fa", ">s\nACGT\n")}), models(),
                                              Feature::transcript, contradictions_);
  EXPECT_THROW(strangers->next(), Error);
}

// Another version of a contig is another assembly, whose places are elsewhere.
TEST_F(TranscriptsTest, OfContigsOfAnotherVersionAreLeftOut) {
  const auto bed = [&](const std::string& contigs) {
    std::string text;
    for (const char contig : contigs)
      text += std::string(contig == '3'   ? "NC_3.12"
                          : contig == '4' ? "NC_4"
                                          : "NC_5.1") +
              "\t0\t8\t" + contig + "\t0\t+\t0\t0\t0\t1\t8\t0\n";
    return read_gene_models(folder_.write("v.bed", text), contradictions_);
  };
  const auto genome = [&] {
    const auto path = folder_.write("v.fa", ">NC_3.11\nAACCGGTTACGT\n>NC_4.2\nAACCGGTTACGT\n>NC_5\nAACCGGTTACGT\n");
    return std::make_unique<Genome>(std::vector{path}, "");
  };
  const auto source = transcripts_of_genome(genome(), bed("345"), Feature::transcript, contradictions_);
  const auto all = read_all(*source);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].contig, "NC_4.2") << "a version that only one side tells";
  EXPECT_EQ(all[1].contig, "NC_5");
  EXPECT_EQ(contradictions_.count(Contradiction::other_version), 1u);
  try {
    transcripts_of_genome(genome(), bed("3"), Feature::transcript, contradictions_);
    ADD_FAILURE() << "no contig fits";
  } catch (const Error& error) {
    EXPECT_NE(error.what_failed.find("'NC_3.11' for 'NC_3.12'"), std::string::npos) << error.what_failed;
  }
}

// Of those that were left out, too: the sequence may be there, and its model not.
TEST_F(TranscriptsTest, WhenTheAnnotationNamesNoneOfAFastaTheReasonsAreTold) {
  const auto strangers = transcripts_of_fasta(open_fasta({folder_.write("s.fa", ">s\nACGT\n")}), models(),
                                              Feature::transcript, contradictions_);
  try {
    strangers->next();
    ADD_FAILURE() << "nothing fits";
  } catch (const Error& error) {
    EXPECT_NE(error.what_failed.find("that the annotation does not name: 1 ('s')"), std::string::npos)
        << error.what_failed;
  }
}

TEST_F(TranscriptsTest, NamesTellWhatTheInputIs) {
  const auto guess = [&](const std::string& text) {
    return guess_input_kind({folder_.write("x.fa", text)}, "", models());
  };
  EXPECT_EQ(guess(">scaffold\nA\n>chr1\nA\n"), InputKind::genome);
  EXPECT_EQ(guess(">scaffold\nA\n>two.3|g\nA\n"), InputKind::transcripts);
  EXPECT_THROW(guess(">scaffold\nA\n"), Error);
  folder_.write("x.fa", ">chr1\nA\n");
  folder_.write("x.fa.fai", "two\t1\t6\t1\t2\n");
  EXPECT_EQ(guess_input_kind({folder_.path("x.fa")}, "", models()), InputKind::transcripts) << "the index tells";
  std::filesystem::remove(folder_.path("x.fa.fai"));
  const auto virus =
      folder_.write("v.gff", "##gff-version 3\nV\tx\tregion\t1\t9\t.\t+\t.\tID=V:1..9;mol_type=genomic RNA\n");
  EXPECT_EQ(guess_input_kind({folder_.write("v.fa", ">V\nACGTACGTA\n")}, "", read_gene_models(virus, contradictions_)),
            InputKind::genome)
      << "an RNA genome is its transcript";
  EXPECT_THROW(guess(">chr1\nA\n>two\nA\n"), Error);
  EXPECT_THROW(guess_input_kind({"-"}, "", models()), Error);
  EXPECT_THROW(transcripts_of_genome(std::make_unique<Genome>(std::vector{folder_.write("y.fa", ">s\nACGT\n")}, ""),
                                     models(), Feature::transcript, contradictions_),
               Error)
      << "no contig fits";
}

TEST(NameMatcher, TriesTheWholeNameThenTheBarThenNoVersion) {
  const NameMatcher matcher({"ENST1.2", "ENST1.3", "ENST2", "a|b", "scaffold.1"});
  EXPECT_EQ(matcher.find("ENST1.3"), 1u);
  EXPECT_EQ(matcher.find("ENST1.3|ENSG|x"), 1u);
  EXPECT_EQ(matcher.find("ENST2.9|x"), 2u);
  EXPECT_EQ(matcher.find("transcript:ENST2"), 2u);
  EXPECT_EQ(matcher.find("a|b"), 3u);
  EXPECT_EQ(matcher.find("ENST1.4"), std::nullopt) << "two would do";
  EXPECT_EQ(matcher.find("scaffold.2"), 4u);
  EXPECT_EQ(matcher.find("scaffold"), 4u);
  EXPECT_EQ(matcher.find("a"), std::nullopt);
  EXPECT_EQ(matcher.find_whole("ENST2.9"), std::nullopt);
  EXPECT_EQ(matcher.find_contig("scaffold.2"), std::nullopt) << "another version";
  EXPECT_EQ(matcher.find_contig("scaffold.1"), 4u);
  EXPECT_EQ(matcher.find_contig("scaffold"), 4u);
  EXPECT_EQ(matcher.find_contig("ENST2.9|x"), 2u);
  EXPECT_EQ(without_version("x.10"), "x");
  EXPECT_EQ(without_version(".1"), ".1");
  EXPECT_EQ(without_version("12"), "12");
  EXPECT_EQ(without_version("x.1_PAR_Y"), "x.1_PAR_Y");
}

}  // namespace
}  // namespace iresweep::test
