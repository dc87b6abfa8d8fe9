// Aligned reads as records, in the direction of their transcript.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/input/alignments/alignment_file.h"
#include "host/input/alignments/read_strand.h"
#include "host/input/genome/genome.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// Why a read is no record. Of several reasons the first counts.
enum class Skipped {
  unmapped,
  not_primary,  ///< secondary or supplementary
  rejected,     ///< flagged as a duplicate or as failing quality checks
  low_mapq,
  no_bases,        ///< the file stores none for it
  gap_first,       ///< its alignment begins with a deletion or an intron: where it begins is open
  outside,         ///< no aligned base of it lies in the regions
  too_short,       ///< fewer than kWindow aligned bases
  unknown_strand,  ///< no tag tells it
  count
};
std::string_view words_for(Skipped why);

struct ReadOptions {
  ReadDirection direction = ReadDirection::unknown;
  bool unknown_strand_too = false;  ///< read what has no known strand as it lies on the contig
  int min_mapq = 0;
  std::string name_until = {};  ///< names are cut as FastaOptions::name_until says
};

class AlignmentSource : public SequenceSource {
 public:
  /// Records have the bases of the reads, from the first to the last aligned one: clips are left out, insertions are
  /// not, but windows that are mostly of those are not scored. With a `genome` they have its bases under the alignment
  /// instead: of matches and deletions. Only reads with an aligned base in `regions` come, of all where there are none.
  /// Throws as AlignmentFile::restrict_to() does.
  AlignmentSource(AlignmentFile file, ReadOptions options, std::vector<Region> regions = {},
                  std::unique_ptr<Genome> genome = nullptr);

  /// A record a read, named after it, in one piece. Its map is the alignment; what lies on the minus strand of it is
  /// reverse-complemented. Throws as AlignmentFile::next() does, and where a read does not lie on the genome.
  std::optional<Piece> next() override;

  std::vector<InputFacts> facts() const override;
  std::vector<Contig> contigs() const override { return file_.contigs().all(); }
  std::vector<std::string> notes() const;

 private:
  std::optional<Skipped> judge(const bam1_t& read);
  bool in_regions(const bam1_t& read) const;
  Piece make_piece(const bam1_t& read);
  void append_genome_bases(const bam1_t& read, const CoordinateMap& map, std::vector<BaseCode>& codes);
  [[noreturn]] void fail_read(const bam1_t& read, const char* what, const char* hint) const;

  AlignmentFile file_;
  const ReadOptions options_;
  const std::vector<Region> regions_;
  std::unique_ptr<Genome> genome_;
  InputFacts facts_;
  std::array<std::uint64_t, std::size_t(Skipped::count)> skipped_{};
  std::vector<AlignedPart> parts_;     ///< of the read at hand
  std::optional<Strand> strand_ = {};  ///< the same
  std::vector<std::string> notes_;
};

}  // namespace iresweep
