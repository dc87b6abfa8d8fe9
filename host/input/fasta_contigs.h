// The records of FASTA files, before any of them is scored.
#pragma once
#include <string>
#include <vector>

#include "host/input/fasta_source.h"

namespace iresweep {

/// Names and sizes of the records of `paths`, in order: the files are read through. Throws Error as open_fasta() does,
/// and for what cannot be read twice (standard input, a pipe).
std::vector<Contig> read_contigs(const std::vector<std::string>& paths, const FastaOptions& options);

}  // namespace iresweep
