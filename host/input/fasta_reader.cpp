#include "host/input/fasta_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/input/fasta_faults.h"
#include "host/input/letters.h"
#include "host/input/record_name.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// A line without end would otherwise fill the memory.
constexpr std::size_t kLongestHeader = 16 << 20;

struct Seen {
  std::uint8_t missing = 0, others = 0;  ///< not 0: seen
};

// The codes of `count` letters, right where all of them are A, C, G, T, U or N; notes whether others are among them.
// Arithmetic on comparisons, without a table or a branch: the compiler turns it into vector code.
inline void encode_letters(const char* in, std::size_t count, BaseCode* out, Seen& seen) {
  Seen here;
  for (std::size_t i = 0; i < count; ++i) {
    const auto upper = std::uint8_t(in[i] & 0xdf);
    const auto code = std::uint8_t(4 - 4 * (upper == 'A') - 3 * (upper == 'C') - 2 * (upper == 'G') - (upper == 'T') -
                                   (upper == 'U'));
    out[i] = code;
    here.missing |= std::uint8_t(code & kMissing);
    here.others |= std::uint8_t((code == kMissing) & (upper != 'N'));
  }
  seen.missing |= here.missing;
  seen.others |= here.others;
}

Seen encode_plain(std::string_view letters, BaseCode* out) {
  Seen seen;
  constexpr std::size_t kVector = 16;
  if (letters.size() < kVector) {
    encode_letters(letters.data(), letters.size(), out, seen);
    return seen;
  }
  // The last letters of a line by one vector that overlaps the one before: lines are short, single steps are slow.
  const std::size_t tail = letters.size() - kVector;
  encode_letters(letters.data(), letters.size() / kVector * kVector, out, seen);
  encode_letters(letters.data() + tail, kVector, out + tail, seen);
  return seen;
}

}  // namespace

FastaReader::FastaReader(const std::string& path, const FastaOptions& options, std::uint64_t first_index)
    : reader_(path, options.threads),
      name_until_(options.name_until),
      codes_(std::max<std::size_t>(options.piece_bases, 1)),
      next_index_(first_index) {
  facts_.path = path;
  facts_.file_size = reader_.file_size();
}

std::optional<Piece> FastaReader::next() {
  while (!text_.empty() || refill()) {
    switch (at_) {
      case At::preamble:
        read_preamble();
        break;
      case At::line_start:
        if (auto piece = read_line_start()) return piece;
        break;
      case At::header:
        read_header();
        break;
      case At::sequence:
        if (!read_sequence()) return take_piece(false);
        break;
    }
  }
  return finish();
}

InputFacts FastaReader::facts() const {
  InputFacts facts = facts_;
  facts.bytes = reader_.bytes();
  facts.checksum = reader_.checksum();
  facts.file_read = reader_.file_read();
  return facts;
}

// False at the end of the file.
bool FastaReader::refill() {
  try {
    text_ = reader_.next_block();
  } catch (const Error& error) {
    throw Error(error.what_failed, place(), error.hint);
  }
  return !text_.empty();
}

// What may stand before the first header: a byte order mark, blanks, empty lines.
void FastaReader::read_preamble() {
  if (reader_.bytes() == text_.size() && text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  for (; !text_.empty() && (text_.front() == '\n' || letter_code(text_.front()) == kBlank); text_.remove_prefix(1))
    if (text_.front() == '\n') ++line_;
  if (text_.empty()) return;
  if (text_.front() != '>') {
    const Fault fault = foreign_start(text_.substr(0, 64));
    throw Error(fault.what, place(), fault.hint);
  }
  at_ = At::line_start;
}

// A header ends the record before it: then its last piece is returned.
std::optional<Piece> FastaReader::read_line_start() {
  at_ = text_.front() == '>' ? At::header : At::sequence;
  if (at_ == At::sequence) return std::nullopt;
  text_.remove_prefix(1);
  if (!record_) return std::nullopt;
  return take_piece(true);
}

void FastaReader::read_header() {
  const std::size_t end = text_.find('\n');
  if (end == text_.npos || !header_.empty()) header_.append(text_.substr(0, end));
  if (header_.size() > kLongestHeader)
    throw Error("a header line does not end within 16 MiB", place(), "check that this is a FASTA file");
  if (end == text_.npos) {
    text_ = {};
    return;
  }
  begin_record(header_.empty() ? text_.substr(0, end) : std::string_view(header_));
  header_.clear();
  text_.remove_prefix(end + 1);
  ++line_;
  at_ = At::line_start;
}

void FastaReader::begin_record(std::string_view header) {
  if (header.ends_with('\r')) header.remove_suffix(1);
  if (header.find('\r') != header.npos)
    throw Error("a carriage return stands within a header: are these old Mac line ends?", place(),
                "convert them with `tr '\\r' '\\n'`");
  std::string name = name_of_header(header, name_until_);
  if (name.empty()) {
    name.assign(1, '.');
    ++facts_.unnamed_records;
  }
  record_ = std::make_shared<const Record>(Record{std::move(name), next_index_++});
  record_bases_ = 0;
  ++facts_.records;
}

// Up to the end of the line or of the text; false when the piece is full before that.
bool FastaReader::read_sequence() {
  const std::size_t end = std::min(text_.find('\n'), text_.size());
  const std::size_t count = std::min(end, codes_.size() - used_);
  const std::string_view letters = text_.substr(0, count);
  used_ += encode(letters.ends_with('\r') ? letters.substr(0, count - 1) : letters);
  text_.remove_prefix(count);
  if (count < end) return used_ < codes_.size();
  if (!text_.empty()) {
    text_.remove_prefix(1);
    ++line_;
    at_ = At::line_start;
  }
  return true;
}

// Writes the codes of `letters` behind those of the piece; returns how many.
std::size_t FastaReader::encode(std::string_view letters) {
  BaseCode* out = codes_.data() + used_;
  const Seen seen = encode_plain(letters, out);
  const std::size_t bases = seen.others != 0 ? encode_any(letters) : letters.size();
  if (seen.missing != 0) facts_.missing_bases += std::uint64_t(std::count(out, out + bases, kMissing));
  return bases;
}

std::size_t FastaReader::encode_any(std::string_view letters) {
  BaseCode* out = codes_.data() + used_;
  std::size_t bases = 0;
  for (const char letter : letters) {
    const BaseCode code = letter_code(letter);
    if (code == kForeign) {
      const Fault fault = foreign_letter(static_cast<unsigned char>(letter));
      throw Error(fault.what, place(), fault.hint);
    }
    out[bases] = code;
    bases += code != kBlank;
  }
  return bases;
}

Piece FastaReader::take_piece(bool last) {
  Piece piece{record_, {codes_.begin(), codes_.begin() + std::ptrdiff_t(used_)}, last};
  record_bases_ += used_;
  facts_.bases += used_;
  used_ = 0;
  if (last && record_bases_ == 0) ++facts_.empty_records;
  if (last) record_ = nullptr;
  return piece;
}

std::optional<Piece> FastaReader::finish() {
  if (at_ == At::header) {
    begin_record(header_);
    at_ = At::line_start;
  }
  if (record_) return take_piece(true);
  if (facts_.records == 0)
    throw Error("the file holds no record", display_name(facts_.path),
                "a FASTA record begins with a line of '>' and a name");
  return std::nullopt;
}

std::string FastaReader::place() const {
  const std::string file = display_name(facts_.path);
  return record_ ? fmt::format("{}, record {}, line {}", file, in_quotes(record_->name), line_)
                 : fmt::format("{}, line {}", file, line_);
}

}  // namespace iresweep
