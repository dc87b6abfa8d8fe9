// The formats of annotations; one file each.
#pragma once
#include "host/input/gene_models/gene_models.h"
#include "host/input/line_reader.h"

namespace iresweep {

/// Each reads to the end of the file. Throws Error for a line that is none of the format, and what `contradictions`
/// throws.
GeneModels read_gtf(LineReader& lines, Contradictions& contradictions);
GeneModels read_gff3(LineReader& lines, Contradictions& contradictions);
GeneModels read_bed12(LineReader& lines, Contradictions& contradictions);

}  // namespace iresweep
