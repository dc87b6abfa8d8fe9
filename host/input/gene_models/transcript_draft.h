// What the lines of an annotation say of one feature, before it is known whether they fit together.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/input/gene_models/annotation_line.h"
#include "host/input/gene_models/gene_models.h"

namespace iresweep {

struct TranscriptDraft {
  Transcript transcript;
  std::string parent;                 ///< identifier of the feature that it lies in
  std::optional<Interval> whole;      ///< of its own line
  std::vector<Interval> other_parts;  ///< coding and untranslated ones, while it has no exon
  char strand = 0, first_phase = '.';
  bool has_exon = false, has_start_codon = false, start_missing = false;
  bool is_gene = false;       ///< its own line is a gene's
  bool stands_alone = false;  ///< its own line will do for its exon
  bool parts_below = false;   ///< a feature within it has exons or coding stretches
  bool on_two_contigs = false, at_two_places = false, on_two_strands = false, reversed = false;
  std::optional<Contradiction> told;  ///< by the reader
  std::uint64_t line = 0;             ///< of its first part

  bool has_parts() const { return has_exon || !other_parts.empty(); }

  /// `contig` is the line's.
  void add(Part part, const AnnotationLine& line, std::uint32_t contig);
  /// Empty texts change nothing.
  void describe(std::string_view name, std::string_view gene);
  void set_parent(std::string_view id);

  /// Makes the transcript of what was added; without the gene.
  void complete();
  /// Of a completed one: what does not fit together.
  std::optional<Contradiction> contradiction() const;

 private:
  void set_place(const AnnotationLine& line, std::uint32_t contig);
  void add_whole(Interval place);
  void add_coding(const AnnotationLine& line);
};

/// From its end to its start, or before its contig.
bool is_reversed(Interval place);

}  // namespace iresweep
