// Where the bases of a record lie on the genome.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "iresweep/bases.h"

namespace iresweep {

/// A stretch of a sequence, 0-based half-open.
struct Interval {
  std::int64_t start = 0, end = 0;
  std::int64_t size() const { return end - start; }
  auto operator<=>(const Interval&) const = default;
};

/// The other strand.
constexpr Strand opposite(Strand strand) { return strand == Strand::plus ? Strand::minus : Strand::plus; }

/// A record that is one or more blocks of a contig, joined in order and read on a strand: a region (one block), a
/// spliced transcript (its exons). A record without a map is a contig itself.
class CoordinateMap {
 public:
  /// `blocks` ascend, are not empty and do not overlap; blocks that touch become one. On the minus strand the record
  /// begins at the end of the last block.
  CoordinateMap(std::string contig, Strand strand, const std::vector<Interval>& blocks);

  const std::string& contig() const { return contig_; }
  Strand strand() const { return strand_; }
  const std::vector<Interval>& blocks() const { return blocks_; }
  std::int64_t size() const { return offsets_.back(); }  ///< bases of the record

  /// The blocks, ascending on the contig, of a stretch of the record: 0 <= start < end <= size().
  std::vector<Interval> project(Interval stretch) const;

  /// The position in the record of a base of the contig that lies in one of the blocks.
  std::int64_t locate(std::int64_t base) const;

 private:
  std::string contig_;
  Strand strand_;
  std::vector<Interval> blocks_;
  std::vector<std::int64_t> offsets_;  ///< bases of the blocks before each, read on the plus strand; last the sum
};

}  // namespace iresweep
