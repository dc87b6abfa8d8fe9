// The records of a VCF or BCF file, in order.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/input/contigs.h"
#include "host/input/variants/variant_record.h"

struct bcf_hdr_t;
struct htsFile;
struct kstring_t;

namespace iresweep {

struct CloseVariants {
  void operator()(htsFile* file) const;
  void operator()(bcf_hdr_t* header) const;
  void operator()(kstring_t* text) const;
};
using VariantHeader = std::unique_ptr<bcf_hdr_t, CloseVariants>;

class VariantFile {
 public:
  /// VCF (plain, gzip, bgzip) or BCF, told apart by content; "-" is standard input. No index is needed: the file is
  /// read through. `shown` names it in messages. Throws Error for what is neither, is cut short, or has a header that
  /// cannot be read.
  VariantFile(const std::string& path, std::string shown);
  VariantFile(const VariantFile&) = delete;
  VariantFile& operator=(const VariantFile&) = delete;

  /// All lines before the first record, each with its end; of a VCF as they stand there.
  const std::string& header_text() const { return text_; }
  /// The same as HTSlib understands it.
  const bcf_hdr_t& header() const { return *header_; }
  /// Those that the header names; size 0 where it does not tell.
  const std::vector<Contig>& contigs() const { return contigs_; }
  const std::string& name() const { return name_; }  ///< for messages

  /// Fills `record` with the next one; false at the end. Throws Error, with file and record, for data that are
  /// damaged, cut short, or no VCF.
  bool next(VariantRecord& record);

  std::uint64_t file_size() const { return file_size_; }  ///< as stored; 0 when unknown (a pipe)
  std::uint64_t file_read() const;                        ///< bytes of it consumed

 private:
  void open(const std::string& path);
  void read_text_header();
  void list_contigs();
  bool next_line();
  bool next_of_text(VariantRecord& record);
  bool next_of_bcf(VariantRecord& record);
  void check_end() const;
  [[noreturn]] void fail(const std::string& what, const std::string& hint) const;

  std::string name_, text_;
  std::uint64_t file_size_ = 0, records_ = 0, lines_ = 0;
  std::unique_ptr<htsFile, CloseVariants> file_;
  VariantHeader header_;
  bool is_bcf_ = false;
  std::vector<Contig> contigs_;
  std::unique_ptr<kstring_t, CloseVariants> buffer_;  ///< the line read last
};

}  // namespace iresweep
