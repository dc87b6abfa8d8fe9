// What GTF and GFF3 have in common.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "host/input/gene_models/model_builder.h"
#include "host/input/line_reader.h"

namespace iresweep {

/// The nine columns; `line` must outlive the result. Throws Error with `lines.place()` where they are not there or
/// positions are no numbers.
AnnotationLine parse_annotation_line(std::string_view line, const LineReader& lines);

/// What a feature type says of its transcript; nothing for one that says nothing (a gene, a repeat).
std::optional<Part> part_of(std::string_view type);

/// Whether a line holds data: no comment, not empty.
bool is_annotation_data(std::string_view line);

}  // namespace iresweep
