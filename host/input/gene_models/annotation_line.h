// What GTF and GFF3 have in common.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "host/input/coordinate_map.h"
#include "host/input/line_reader.h"

namespace iresweep {

/// A line of GTF or GFF3, parsed as far as both agree.
struct AnnotationLine {
  std::string_view contig, type;
  Interval place;  ///< 0-based half-open; reversed where the line is
  char strand = '.';
  char phase = '.';  ///< of a coding stretch: bases before the next codon
  std::string_view attributes;
  std::uint64_t number = 0;
  bool start_missing = false;  ///< it says that coding begins before what is known: without a start codon
};

/// What a line says of its transcript.
enum class Part { exon, coding, untranslated, start_codon, stop_codon, whole };

/// The nine columns; `line` must outlive the result. Throws Error with `lines.place()` where they are not there or
/// positions are no numbers.
AnnotationLine parse_annotation_line(std::string_view line, const LineReader& lines);

/// What a feature type says of its transcript; nothing for one that says nothing (a gene, a repeat).
std::optional<Part> part_of(std::string_view type);

/// Whether an RNA of this type may have no exon line, being one: genes of tRNA and the like (Prokka, miRBase) are
/// written so. A message without exons may have introns.
bool is_unspliced(std::string_view type);

/// Whether Ensembl's and GENCODE's tags say that the start of what is coded was not found.
bool tells_missing_start(std::string_view tags);

/// Whether a line holds data: no comment, not empty.
bool is_annotation_data(std::string_view line);

}  // namespace iresweep
