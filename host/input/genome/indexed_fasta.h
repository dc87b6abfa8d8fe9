// A FASTA file of which any stretch can be read.
#pragma once
#include <string>
#include <vector>

#include "host/input/bgzf_file.h"
#include "host/input/coordinate_map.h"
#include "host/input/genome/fasta_index.h"

namespace iresweep {

class IndexedFasta {
 public:
  /// Plain or bgzip; finds or makes the index. Throws Error.
  explicit IndexedFasta(std::string path);

  const std::string& path() const { return path_; }
  const std::vector<IndexedContig>& contigs() const { return index_.contigs; }
  const std::string& note() const { return index_.note; }  ///< see FastaIndex

  /// The codes of a stretch of contigs()[contig], which must lie in it; `out` has room for them. Letters mean what
  /// they mean in open_fasta(). An index is not believed: header, end and line ends must lie where it says. Throws
  /// Error when they do not, and as open_fasta() does.
  void read(std::size_t contig, Interval stretch, BaseCode* out);

 private:
  void check(std::size_t contig);
  std::string_view bytes(std::int64_t from, std::int64_t to);
  [[noreturn]] void fail_index(std::size_t contig) const;

  std::string path_;
  BgzfFile file_;
  FastaIndex index_;
  std::vector<bool> checked_;  ///< one a contig
  std::string buffer_;
};

}  // namespace iresweep
