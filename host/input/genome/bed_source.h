// Rows of a BED file as records.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "host/input/genome/genome.h"
#include "host/input/line_reader.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// What of a BED's row is read, where it has a thick part that is not empty.
enum class RowPart {
  thick,  ///< of a scan's hit the best window
  whole
};

/// Each row is a record, in the order of the file, placed on its contig and read on its strand (plus where it has
/// none): its blocks where columns 10 to 12 have them (BED12), cut to its thick part where columns 7 and 8 have one
/// that is not empty and RowPart asks for it. It is called by column 4, else "contig:first-last"
/// (1-based, both included).
///
/// A column 10 that is no whole number belongs to no blocks but to whoever added it (BED9+, as a scan writes it).
class BedSource : public SequenceSource {
 public:
  /// `path`: plain, gzip or bgzip; "-" is standard input. Throws Error as LineReader does.
  BedSource(std::unique_ptr<Genome> genome, const std::string& path, RowPart part = RowPart::thick);

  /// Throws Error, with file and line, for an unknown contig, a row that reaches beyond its contig, and for what is no
  /// row of BED.
  std::optional<Piece> next() override;
  /// The genome's files (see Genome::facts()), then the BED.
  std::vector<InputFacts> facts() const override;
  std::vector<Contig> contigs() const override { return genome_->contigs(); }

 private:
  bool begin_record();

  std::unique_ptr<Genome> genome_;
  LineReader lines_;
  const RowPart part_;
  std::uint64_t records_ = 0;
  std::shared_ptr<const Record> record_;  ///< at hand; null between two
  std::size_t contig_ = 0;                ///< that it lies on
  std::int64_t given_ = 0;                ///< bases of it handed out
};

}  // namespace iresweep
