// Spliced transcripts, as an annotation describes them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/input/coordinate_map.h"
#include "host/input/gene_models/contradictions.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// A transcript; intervals lie on its contig.
struct Transcript {
  std::string name, gene;    ///< gene is empty when unknown
  std::uint32_t contig = 0;  ///< of GeneModels::contigs
  Strand strand = Strand::plus;
  bool start_known = false;     ///< the coding bases begin with the start codon
  std::vector<Interval> exons;  ///< ascending, without overlap
  std::optional<Interval> cds;  ///< from the first to the last coding base, start and stop codon included
};

struct GeneModels {
  std::vector<std::string> contigs;     ///< as they first appear
  std::vector<Transcript> transcripts;  ///< as they first appear
  InputFacts facts;                     ///< of the annotation file
};

/// Of each transcript, in order.
std::vector<std::string> names_of(const std::vector<Transcript>& transcripts);

/// Whether any transcript is known to be of a gene: BED12 says nothing of genes.
bool names_genes(const GeneModels& models);

/// Reads GTF, GFF3 or BED12, told apart by content, plain, gzip or bgzip ("-" is standard input). Transcripts are built
/// from their exon lines, in whatever order these stand; one without any from its coding and untranslated stretches,
/// and of GFF3 an RNA that is no message from its own line.
/// What contradicts itself is left out and goes to `contradictions`, which may throw. Throws Error, with file and line,
/// for what is none of the formats, and when no transcript is left, with the reasons.
GeneModels read_gene_models(const std::string& path, Contradictions& contradictions);

}  // namespace iresweep
