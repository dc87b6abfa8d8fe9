// The formats of annotations; one file each.
#pragma once
#include <string>
#include <string_view>

#include "host/input/gene_models/gene_models.h"
#include "host/input/line_reader.h"

namespace iresweep {

/// Each reads on from `first`, a data line that `lines` gave last. Throws Error for a line that is none of the format,
/// and what `contradictions` throws.
GeneModels read_gtf(LineReader& lines, std::string first, Contradictions& contradictions);
GeneModels read_gff3(LineReader& lines, std::string first, Contradictions& contradictions);
GeneModels read_bed12(LineReader& lines, std::string first, Contradictions& contradictions);

}  // namespace iresweep
