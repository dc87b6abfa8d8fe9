#include "host/input/genome/indexed_fasta.h"

#include <fmt/format.h>
#include <htslib/bgzf.h>

#include <algorithm>
#include <utility>

#include "host/input/fasta_faults.h"
#include "host/input/letters.h"
#include "host/input/record_name.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::int64_t kHeaderBytes = 4096;  // of a header line that are looked at

BgzfFile open_file(const std::string& path) {
  if (path == "-")
    throw Error("standard input cannot be read by regions", display_name(path), "name a file, plain or bgzip");
  check_readable(path);
  return open_bgzf(path);
}

std::int64_t byte_of(const IndexedContig& contig, std::int64_t base) {
  return contig.offset + base / contig.line_bases * contig.line_bytes + base % contig.line_bases;
}

}  // namespace

IndexedFasta::IndexedFasta(std::string path) : path_(std::move(path)), file_(open_file(path_)) {
  const Compression packing = compression(file_);
  if (packing == Compression::bgzip && bgzf_check_EOF(file_.get()) != 1)
    throw Error("the bgzip data end without their end mark: the file is probably cut short", path_,
                "copy the file again; or, if it is known to be whole, recompress it with `bgzip -dc FILE | bgzip`");
  index_ = load_fasta_index(path_, packing);
  if (packing == Compression::bgzip && bgzf_index_load(file_.get(), index_.gzi_path.c_str(), nullptr) != 0)
    throw Error("the index of the bgzip file cannot be read", index_.gzi_path, "remove it: it is made anew");
  checked_.resize(index_.contigs.size());
}

void IndexedFasta::read(std::size_t contig, Interval stretch, BaseCode* out) {
  if (stretch.size() <= 0) return;
  if (!checked_[contig]) check(contig);
  const IndexedContig& entry = index_.contigs[contig];
  const std::int64_t begin = byte_of(entry, stretch.start);
  const std::string_view text = bytes(begin, byte_of(entry, stretch.end - 1) + 1);
  std::int64_t column = stretch.start % entry.line_bases;
  for (const char letter : text) {
    const BaseCode code = letter_code(letter);
    if (column >= entry.line_bases) {
      if (letter != '\n' && letter != '\r') fail_index(contig);
    } else if (code <= kMissing) {
      *out++ = code;
    } else if (letter == '\n' || letter == '>') {
      fail_index(contig);
    } else {
      const Fault fault = foreign_letter(static_cast<unsigned char>(letter));
      throw Error(fault.what, fmt::format("{}, record {}", path_, in_quotes(entry.name)), fault.hint);
    }
    if (++column == entry.line_bytes) column = 0;
  }
}

// Its header stands before its first base, and a line's end and another header, or nothing, behind its last.
void IndexedFasta::check(std::size_t contig) {
  const IndexedContig& entry = index_.contigs[contig];
  const std::int64_t from = std::max<std::int64_t>(entry.offset - kHeaderBytes, 0);
  std::string_view header = bytes(from, entry.offset);
  if (!header.ends_with('\n')) fail_index(contig);
  header.remove_suffix(1);
  const std::size_t line = header.rfind('\n');
  if (line != header.npos) header.remove_prefix(line + 1);
  const bool whole = line != header.npos || from == 0;
  if (header.starts_with("\xef\xbb\xbf")) header.remove_prefix(3);
  if (whole && (!header.starts_with('>') || name_of_header(header.substr(1), "") != entry.name)) fail_index(contig);

  const std::int64_t last = entry.size > 0 ? byte_of(entry, entry.size - 1) + 1 : entry.offset;
  if (bgzf_useek(file_.get(), last, SEEK_SET) != 0) fail_index(contig);
  for (int letter = bgzf_getc(file_.get()); letter >= 0 && letter != '>'; letter = bgzf_getc(file_.get()))
    if (letter != '\n' && letter_code(char(letter)) != kBlank) fail_index(contig);
  checked_[contig] = true;
}

std::string_view IndexedFasta::bytes(std::int64_t from, std::int64_t to) {
  buffer_.resize(std::size_t(to - from));
  if (bgzf_useek(file_.get(), from, SEEK_SET) != 0 ||
      bgzf_read(file_.get(), buffer_.data(), buffer_.size()) != ssize_t(buffer_.size()))
    throw Error("the file cannot be read where its index says: it is damaged, or the index is another file's", path_,
                fmt::format("remove {}: it is made anew", index_.path));
  return buffer_;
}

void IndexedFasta::fail_index(std::size_t contig) const {
  throw Error(fmt::format("the index does not fit the file: record {} does not lie where it says",
                          in_quotes(index_.contigs[contig].name)),
              index_.path, fmt::format("remove it: it is made anew from {}", path_));
}

}  // namespace iresweep
