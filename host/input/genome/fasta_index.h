// The .fai (and .gzi) of a FASTA file: found, or made.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/input/bgzf_file.h"

namespace iresweep {

/// A line of a .fai.
struct IndexedContig {
  std::string name;
  std::int64_t size = 0;        ///< bases
  std::int64_t offset = 0;      ///< of the first base, in bytes of the decompressed file
  std::int64_t line_bases = 0;  ///< bases a line
  std::int64_t line_bytes = 0;  ///< with its end
};

struct FastaIndex {
  std::vector<IndexedContig> contigs;  ///< in the order of the file
  std::string path, gzi_path;          ///< where it lies; gzi_path for bgzip only
  std::string note;                    ///< what was made and why; empty when an index was there
};

/// The index of the FASTA file `path`, compressed as said. It lies beside the file, or in a folder for indexes where
/// the file's own cannot be written: $IRESWEEP_CACHE, else $XDG_CACHE_HOME/iresweep, else iresweep-UID in $TMPDIR or
/// /tmp. An index that is missing, older than the file or no index at all is made anew. Throws Error for plain gzip,
/// for a file that cannot be indexed, and when the index can be written nowhere.
FastaIndex load_fasta_index(const std::string& path, Compression compression);

/// The contigs of an index that is there and not older than the file; nothing otherwise.
std::optional<std::vector<IndexedContig>> existing_fasta_index(const std::string& path, Compression compression);

}  // namespace iresweep
