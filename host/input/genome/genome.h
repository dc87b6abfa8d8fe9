// The contigs of one or more FASTA files, of which any stretch can be read.
#pragma once
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/input/contigs.h"
#include "host/input/genome/indexed_fasta.h"
#include "host/input/sequence_source.h"

namespace iresweep {

class Genome {
 public:
  /// Plain or bgzip files, in the order given; names are cut as FastaOptions::name_until says. Throws Error as
  /// IndexedFasta does, and where two files have a contig of one name.
  Genome(const std::vector<std::string>& paths, const std::string& name_until);

  const Contigs& names() const { return names_; }
  const std::vector<Contig>& contigs() const { return names_.all(); }
  std::optional<std::size_t> find(std::string_view name) const { return names_.find(name); }  ///< index in contigs()
  std::vector<std::string> notes() const;  ///< indexes that were made, and why

  /// Appends the codes of a stretch of contigs()[contig], which must lie in it. Neighbouring stretches are cheap: what
  /// was read lately is kept, up to 16 MB.
  void read(std::size_t contig, Interval stretch, std::vector<BaseCode>& out);

  /// A record of contigs()[contig], or these bases of one, were handed out.
  void count_record(std::size_t contig);
  void count_bases(std::size_t contig, const std::vector<BaseCode>& codes);
  /// So many bases of it will be handed out: for the progress bar.
  void expect_bases(std::size_t contig, std::int64_t bases);
  /// Of what was handed out, one entry a file. There is no checksum, for only a part of a file may be read; file_size
  /// and file_read are the bases expected and handed out.
  const std::vector<InputFacts>& facts() const { return facts_; }

 private:
  struct PlaceInFile {
    std::size_t file = 0, contig = 0;
  };
  using ChunkKey = std::pair<std::size_t, std::int64_t>;  ///< contig, number of the chunk
  struct Chunk {
    ChunkKey key;
    std::vector<BaseCode> codes;
  };
  const std::vector<BaseCode>& chunk(ChunkKey key);

  InputFacts& facts_of(std::size_t contig) { return facts_[places_[contig].file]; }

  std::vector<std::unique_ptr<IndexedFasta>> fastas_;
  std::vector<InputFacts> facts_;  ///< one a file
  Contigs names_;
  std::vector<PlaceInFile> places_;  ///< one a contig
  std::list<Chunk> chunks_;          ///< the latest first
  std::map<ChunkKey, std::list<Chunk>::iterator> by_key_;
};

}  // namespace iresweep
