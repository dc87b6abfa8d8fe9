// What every input becomes: records, each a stream of base codes.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/input/contigs.h"
#include "host/input/coordinate_map.h"
#include "iresweep/bases.h"

namespace iresweep {

/// What is known of a record when its first base is read. Shared by the pieces, windows and hits of the record.
struct Record {
  std::string name;                       ///< of its header: up to the first blank
  std::uint64_t index = 0;                ///< place among all records of the run, from 0: tells duplicate names apart
  std::optional<CoordinateMap> map = {};  ///< where it lies on the genome; absent when it is a contig itself
  std::string gene = {};                  ///< that it is a transcript of; empty when unknown
  std::optional<Interval> feature = {};   ///< only windows with at least half of their bases in it are scored
  std::optional<std::int64_t> start_codon = {};  ///< its first base, in record coordinates
  std::optional<Interval> cds = {};  ///< from the first to the last coding base; absent where nothing is coding
  /// Stretches of it, ascending and apart: only windows with at least half of their bases in them are scored. What
  /// reads cover of a genome, what lies on the genome of a read. Null: all of it.
  std::shared_ptr<const std::vector<Interval>> scored_within = {};
  /// Its end joins its start: behind its last base come its first kWindow - 1 once more (see read_round()), and only
  /// windows that start before them count.
  bool circular = false;
};

/// Most bases in a piece where nothing else is asked for.
constexpr std::int64_t kPieceBases = 256 * 1024;

/// A stretch of one record. Pieces come in order and without overlap; a record ends with the piece whose `last` is
/// set (an empty record is one empty piece). Memory is bounded by the size of a piece, whatever the size of a record.
struct Piece {
  std::shared_ptr<const Record> record;
  std::vector<BaseCode> codes;
  bool last = false;
};

/// Facts of one input file, for the run's summary; complete after its last piece.
struct InputFacts {
  std::string path;
  std::uint64_t bytes = 0;  ///< decompressed bytes read
  std::string checksum;     ///< XXH3-128 of the decompressed bytes, hexadecimal; empty when the file is read in part
  std::uint64_t records = 0, empty_records = 0, bases = 0, missing_bases = 0;
  std::uint64_t unnamed_records = 0;                                ///< called "." instead
  std::vector<std::pair<std::string, std::uint64_t>> skipped = {};  ///< reads that are no records: why, and how many
  std::uint64_t file_size = 0,
                file_read = 0;  ///< bytes as stored, for the progress bar; file_size 0 when unknown (a pipe)
};

class SequenceSource {
 public:
  virtual ~SequenceSource() = default;
  /// The next piece, or nothing at the end of the input. Throws Error with file, record and line.
  virtual std::optional<Piece> next() = 0;
  /// One entry a file, in order; of files not yet read the path and the size only. For the thread that calls next().
  virtual std::vector<InputFacts> facts() const = 0;
  /// The contigs that records lie on, in the order of their file; none where they are not known beforehand.
  virtual std::vector<Contig> contigs() const { return {}; }
};

}  // namespace iresweep
