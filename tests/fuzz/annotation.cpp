// GTF, GFF3 and BED12, and the transcripts that they make of a genome.
#include <array>
#include <memory>
#include <utility>

#include "host/input/gene_models/gene_models.h"
#include "host/input/gene_models/transcript_source.h"
#include "tests/fuzz/fuzz.h"

namespace iresweep::fuzz {
namespace {

constexpr std::array kFeatures = {Feature::transcript, Feature::five_prime_utr, Feature::cds, Feature::three_prime_utr};

void check(const GeneModels& models) {
  for (const Transcript& transcript : models.transcripts) {
    hold(transcript.contig < models.contigs.size(), "a transcript lies on a contig");
    hold(!transcript.exons.empty(), "a transcript has exons");
    std::int64_t end = 0;
    for (const Interval& exon : transcript.exons) {
      hold(exon.start >= end && exon.end > exon.start, "exons ascend and do not overlap");
      end = exon.end;
    }
    if (transcript.cds) hold(transcript.cds->start < transcript.cds->end, "what is coded is not empty");
  }
}

}  // namespace

void run(Input input) {
  const Feature feature = kFeatures[input.byte() % kFeatures.size()];
  Contradictions contradictions(false);
  GeneModels models = read_gene_models(write_file("annotation", input.rest()), contradictions);
  check(models);
  const auto source = transcripts_of_genome(std::make_unique<Genome>(std::vector{genome()}, ""), std::move(models),
                                            feature, contradictions);
  hold_spliced(*source);
}

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  for (const char* folder : {"data/viral", "data/nasty", "data/bcftools_csq", "data/chr22_sqanti", "data/yeast_jbrowse",
                             "data/regtools_chr22", "data/bambu_chr9"})
    for (std::string& seed : shared_seeds(folder, {".gff3", ".gff", ".gtf", ".gtf.gz", ".bed", ".bed12"},
                                          std::string(1, char(all.size() % kFeatures.size()))))
      all.push_back(std::move(seed));
  const char* const gtf =
      "c\ts\ttranscript\t11\t900\t.\t-\t.\tgene_id \"g\"; transcript_id \"t\";\n"
      "c\ts\texon\t501\t900\t.\t-\t.\tgene_id \"g\"; transcript_id \"t\";\n"
      "c\ts\texon\t11\t300\t.\t-\t.\tgene_id \"g\"; transcript_id \"t\"; level 2;\n"
      "c\ts\tCDS\t201\t580\t.\t-\t1\tgene_id \"g\"; transcript_id \"t\";\n"
      "chr22\ts\tUTR\t1\t250\t.\t+\t.\tgene_id \"h\"; transcript_id \"u\";\n";
  const char* const gff3 =
      "##gff-version 3\nc\tRefSeq\tregion\t1\t5000\t.\t+\t.\tID=r;mol_type=genomic RNA\n"
      "c\tx\tgene\t11\t900\t.\t+\t.\tID=gene-g\nc\tx\tmRNA\t11\t900\t.\t+\t.\tID=rna-t;Parent=gene-g\n"
      "c\tx\texon\t11\t400\t.\t+\t.\tParent=rna-t,rna%2Cu\nc\tx\texon\t600\t900\t.\t+\t.\tParent=rna-t\n"
      "c\tx\tCDS\t100\t700\t.\t+\t0\tID=p;Parent=rna-t\n##FASTA\n>c\nACGT\n";
  const char* const bed =
      "c\t100\t900\tt\t0\t-\t150\t880\t0\t2\t300,400,\t0,400,\nchr22\t0\t300\tu\t0\t+\t0\t300\t0\t1\t300\t0\n";
  for (const char* text : {gtf, gff3, bed})
    for (const char feature : {'\0', '\1', '\2', '\3'}) all.push_back(std::string(1, feature) + text);
  return all;
}

}  // namespace iresweep::fuzz
