// FASTA files as one stream of records.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"

namespace iresweep {

struct FastaOptions {
  int threads = 1;                        ///< that decompress bgzip; plain text and gzip need one in any case
  std::string name_until;                 ///< names end before this text too, e.g. "|"; empty: at the first blank only
  std::size_t piece_bases = kPieceBases;  ///< most bases in a piece, at least 1
};

/// The records of `paths` one after the other; "-" is standard input. Plain text, gzip and bgzip are told apart by
/// their content, never by a suffix. Memory is bounded by the size of a piece.
///
/// What is read: lines of any length, CRLF, blank lines and blanks anywhere, a UTF-8 byte order mark, both cases, U as
/// T, every other IUPAC letter (and X) as a missing base, records without sequence, no final newline. A name is what
/// stands between '>' (and blanks after it) and the next blank, kept byte for byte; a record without one is called "."
/// (as BED writes what is absent). Where `name_until` would leave nothing of a name, the name stays whole.
///
/// Throws Error at once when a file is missing, unreadable or a directory: before a run of hours reaches it. next()
/// throws Error, with file, record and line, for what is not a nucleotide FASTA, and for data that are cut short or
/// damaged; a file without any record is an error too.
std::unique_ptr<SequenceSource> open_fasta(std::vector<std::string> paths, FastaOptions options = {});

}  // namespace iresweep
