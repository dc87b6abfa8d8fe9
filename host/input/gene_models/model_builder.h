// From the lines of an annotation, in whatever order they stand, to transcripts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/input/gene_models/gene_models.h"

namespace iresweep {

/// A line of GTF or GFF3, parsed as far as both agree.
struct AnnotationLine {
  std::string_view contig, type;
  Interval place;  ///< 0-based half-open; reversed where the line is
  char strand = '.';
  char phase = '.';  ///< of a coding stretch: bases before the next codon
  std::string_view attributes;
  std::uint64_t number = 0;
};

/// What a line says of its transcript.
enum class Part { exon, coding, untranslated, start_codon, stop_codon, whole };

class ModelBuilder {
 public:
  /// The part, a part of `id` (whatever tells transcripts apart in the file).
  void add(std::string_view id, Part part, const AnnotationLine& line);

  /// What is known of `id` beside its parts; empty texts change nothing.
  void describe(std::string_view id, std::string_view name, std::string_view gene);
  /// `id` belongs to `parent`; its gene is the outermost.
  void set_parent(std::string_view id, std::string_view parent);
  /// `id` is the RNA itself: a contig whose coding stretches are all its own.
  void add_rna_genome(const AnnotationLine& line);

  /// The transcripts, by first appearance. `path` for messages. Throws what `contradictions` throws.
  GeneModels finish(const std::string& path, Contradictions& contradictions);

 private:
  struct Draft {
    Transcript transcript;
    std::string parent;
    std::optional<Interval> whole;      ///< of its own line
    std::vector<Interval> other_parts;  ///< coding and untranslated ones, while it has no exon
    char strand = 0, first_phase = '.';
    bool has_exon = false, has_start_codon = false, on_two_contigs = false, on_two_strands = false, reversed = false;
    std::uint64_t line = 0;  ///< of its first part
  };

  Draft& draft(std::string_view id);
  std::uint32_t contig_index(std::string_view name);
  void set_place(Draft& draft, const AnnotationLine& line);
  void add_coding(Draft& draft, const AnnotationLine& line);
  std::string gene_of(const Draft& draft) const;
  void complete(Draft& draft) const;
  std::optional<Contradiction> contradiction_in(const Draft& draft) const;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  GeneModels models_;
  std::vector<Draft> drafts_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_id_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> by_contig_;
  std::unordered_map<std::uint32_t, std::size_t> rna_genomes_;  ///< contig -> draft
  std::unordered_map<std::uint32_t, Interval> coding_;          ///< contig -> all coding bases on its plus strand
  bool tells_start_codons_ = false;
};

/// The name within an identifier: without the prefixes of Ensembl ("transcript:", "gene:") and RefSeq ("rna-",
/// "gene-").
std::string_view bare_id(std::string_view id);

}  // namespace iresweep
