// The reads of a BAM, CRAM or SAM file, in order.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/input/contigs.h"
#include "host/input/genome/regions.h"

struct bam1_t;
struct htsFile;
struct hts_idx_t;
struct hts_itr_t;
struct sam_hdr_t;

namespace iresweep {

/// Whether a file holds alignments, by its first bytes. False for what is no regular file: a pipe can be read once
/// only, and is taken for FASTA. Throws Error when the file cannot be opened.
bool holds_alignments(const std::string& path);

struct AlignmentFileOptions {
  std::string reference;  ///< FASTA of CRAM's contigs; empty: where HTSlib finds them without a network
  bool sequences = true;  ///< read the reads' bases; CRAM needs no reference without
  int threads = 1;        ///< that decompress
};

class AlignmentFile {
 public:
  /// Nothing is fetched from a network, unless the environment variable REF_PATH names an address. Throws Error for
  /// a file that cannot be opened, has no end mark (it is cut short), or whose header names no contig.
  AlignmentFile(std::string path, AlignmentFileOptions options);
  ~AlignmentFile();
  AlignmentFile(AlignmentFile&&) noexcept;

  const std::string& path() const { return path_; }
  const Contigs& contigs() const { return contigs_; }

  /// Only reads that reach over a base of `regions` of contigs() come from now on, each once, from the first. Throws
  /// Error without an index.
  void restrict_to(const std::vector<Region>& regions);

  /// The next read, valid until the next call; null at the end. Throws Error for data that are damaged or cut short,
  /// for reads that are not sorted by place, and for a CRAM's reference that is missing or another one.
  const bam1_t* next();

  std::uint64_t file_size() const { return file_size_; }  ///< as check_readable() gives it
  std::uint64_t file_read() const;                        ///< bytes consumed; 0 with regions
  std::vector<std::string> notes() const { return notes_; }

 private:
  struct Close {
    void operator()(htsFile* file) const;
    void operator()(sam_hdr_t* header) const;
    void operator()(hts_idx_t* index) const;
    void operator()(hts_itr_t* iterator) const;
    void operator()(bam1_t* read) const;
  };
  template <class T>
  using Handle = std::unique_ptr<T, Close>;

  void open();
  void read_header();
  void load_index();
  void check_order();
  [[noreturn]] void fail_reading();
  std::string contig_of_next() const;

  std::string path_;
  AlignmentFileOptions options_;
  std::uint64_t file_size_ = 0;
  Handle<htsFile> file_;
  Handle<sam_hdr_t> header_;
  Handle<hts_idx_t> index_;
  Handle<hts_itr_t> iterator_;
  Handle<bam1_t> read_;
  Contigs contigs_;
  std::vector<Region> regions_;
  std::vector<std::string> notes_;
  std::uint64_t reads_ = 0;  ///< that came
  std::int64_t last_contig_ = 0, last_position_ = -1;
};

}  // namespace iresweep
