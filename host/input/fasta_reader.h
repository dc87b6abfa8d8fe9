// One FASTA file: the grammar over the bytes of a TextReader.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/fasta_source.h"
#include "host/input/sequence_source.h"
#include "host/input/text_reader.h"

namespace iresweep {

class FastaReader {
 public:
  /// Records are numbered from `first_index`. Throws Error.
  FastaReader(const std::string& path, const FastaOptions& options, std::uint64_t first_index);

  /// As SequenceSource::next, for this file alone.
  std::optional<Piece> next();

  /// So far; the checksum too is that of the bytes read so far.
  InputFacts facts() const;

 private:
  enum class At { preamble, line_start, header, sequence };

  bool refill();
  void read_preamble();
  std::optional<Piece> read_line_start();
  void read_header();
  void begin_record(std::string_view header);
  bool read_sequence();
  std::size_t encode(std::string_view letters);
  std::size_t encode_any(std::string_view letters);
  Piece take_piece(bool last);
  std::optional<Piece> finish();
  std::string place() const;

  TextReader reader_;
  std::string name_until_;
  InputFacts facts_;
  std::string_view text_;  ///< read and not yet parsed
  At at_ = At::preamble;
  std::uint64_t line_ = 1;  ///< number of the line that text_ begins in
  std::string header_;      ///< a header line that began in an earlier block
  std::shared_ptr<const Record> record_;
  std::vector<BaseCode> codes_;  ///< of the next piece: [0, used_)
  std::size_t used_ = 0;
  std::uint64_t record_bases_ = 0, next_index_;
};

}  // namespace iresweep
