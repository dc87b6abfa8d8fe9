// Where the bases of a record lie on the genome.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep {

/// A stretch of a sequence, 0-based half-open.
struct Interval {
  std::int64_t start = 0, end = 0;
  std::int64_t size() const { return end - start; }
  auto operator<=>(const Interval&) const = default;
};

/// Ascending and apart: those that overlap or touch become one.
std::vector<Interval> joined(std::vector<Interval> stretches);

/// The other strand.
constexpr Strand opposite(Strand strand) { return strand == Strand::plus ? Strand::minus : Strand::plus; }

/// Bases that follow each other in a record and on its contig.
struct AlignedPart {
  Interval bases;           ///< on the contig
  std::int64_t offset = 0;  ///< of the first in the record, read on the contig's plus strand
  Interval intron = {};     ///< before it, on the contig; empty: between it and the part before bases are only
                            ///< missing or inserted
  auto operator<=>(const AlignedPart&) const = default;
};

/// A record that is one or more blocks of a contig, joined in order and read on a strand: a region (one block), a
/// spliced transcript (its exons), a read. A record without a map is a contig itself.
class CoordinateMap {
 public:
  /// `blocks` ascend, are not empty and do not overlap; blocks that touch become one. On the minus strand the record
  /// begins at the end of the last block.
  CoordinateMap(std::string contig, Strand strand, const std::vector<Interval>& blocks);

  /// A read, which has bases that the contig lacks, and lacks some. `parts` ascend on the contig and in the record, do
  /// not overlap, and the record begins with the first base of the first and ends with the last of the last.
  static CoordinateMap of_read(std::string contig, Strand strand, std::vector<AlignedPart> parts) {
    return CoordinateMap(std::move(parts), std::move(contig), strand);
  }

  const std::string& contig() const { return contig_; }
  Strand strand() const { return strand_; }
  /// Of the contig, for a strand of the record.
  Strand strand_of(Strand of_record) const { return of_record == Strand::plus ? strand_ : opposite(strand_); }
  const std::vector<Interval>& blocks() const { return blocks_; }  ///< between introns; missing bases included
  std::int64_t size() const { return parts_.back().offset + parts_.back().bases.size(); }  ///< bases of the record

  /// The blocks, ascending on the contig, of a stretch of the record: 0 <= start < end <= size(). They begin and end
  /// with bases of the stretch, and end and begin at introns. Of a stretch that the contig lacks as a whole it is the
  /// one base before it there.
  std::vector<Interval> project(Interval stretch) const;

  /// The position in the record of a base of the contig that lies in one of the parts.
  std::int64_t locate(std::int64_t base) const;
  /// The stretches of the record, ascending and apart, that lie on `places` of the contig, which ascend and lie apart.
  std::vector<Interval> locate(const std::vector<Interval>& places) const;

 private:
  CoordinateMap(std::vector<AlignedPart> parts, std::string contig, Strand strand);

  std::string contig_;
  Strand strand_;
  std::vector<AlignedPart> parts_;
  std::vector<Interval> blocks_;
};

}  // namespace iresweep
