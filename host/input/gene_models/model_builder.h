// From the lines of an annotation, in whatever order they stand, to transcripts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/gene_models.h"
#include "host/input/gene_models/transcript_draft.h"

namespace iresweep {

class ModelBuilder {
 public:
  /// The part, a part of `id` (whatever tells transcripts apart in the file).
  void add(std::string_view id, Part part, const AnnotationLine& line);

  /// What is known of `id` beside its parts; empty texts change nothing. Two genes contradict each other.
  void describe(std::string_view id, std::string_view name, std::string_view gene);
  /// `id` belongs to `parent`; its gene is the first that it lies in, else the outermost feature.
  void set_parent(std::string_view id, std::string_view parent);
  /// `id` is a gene, called `name` (empty: as its identifier says). It is a transcript only if parts are its own.
  void add_gene(std::string_view id, std::string_view name, const AnnotationLine& line);
  /// `id` is its own line where nothing within it has parts.
  void let_stand_alone(std::string_view id);
  /// What a reader saw of `id` that does not fit together.
  void contradict(std::string_view id, Contradiction kind);
  /// `id` is the RNA itself: a contig whose coding stretches are all its own.
  void add_rna_genome(const AnnotationLine& line);

  /// The transcripts, by first appearance. `path` for messages. Throws what `contradictions` throws.
  GeneModels finish(const std::string& path, Contradictions& contradictions);

 private:
  // A phase is a CDS's. A column that holds one and the same digit on other lines, too, holds something else:
  // bp_genbank2gff3.pl writes GenBank's codon_start there.
  struct PhaseColumn {
    char only = '.';
    bool several = false, elsewhere = false;
    void take(char phase, bool of_coding);
    bool tells() const { return several || !elsewhere; }
  };

  TranscriptDraft& draft(std::string_view id);
  TranscriptDraft* find(std::string_view id);
  std::uint32_t contig_index(std::string_view name);
  void tell_parents(const TranscriptDraft& draft);
  std::string gene_of(const TranscriptDraft& draft);
  bool begins_with_start_codon(const TranscriptDraft& draft) const;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  GeneModels models_;
  std::vector<TranscriptDraft> drafts_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_id_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> by_contig_;
  std::unordered_map<std::uint32_t, std::size_t> rna_genomes_;  ///< contig -> draft
  std::unordered_map<std::uint32_t, Interval> coding_;          ///< contig -> all coding bases on its plus strand
  PhaseColumn phases_;
  bool tells_start_codons_ = false;
};

/// The name within an identifier: without the prefixes of Ensembl ("transcript:", "gene:") and RefSeq ("rna-",
/// "gene-").
std::string_view bare_id(std::string_view id);

}  // namespace iresweep
