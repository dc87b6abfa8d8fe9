// The two trees of a bigWig file, as bytes. Nodes have one size and lie level by level, the root first, so that a
// child's place is known before it is written.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"

namespace iresweep {

/// The contigs by name. `contigs` must be in the order of their names' bytes; a contig's number is its place there.
/// `offset` is where the tree will lie in the file.
std::string contig_tree(const std::vector<Contig>& contigs, std::uint64_t offset);

/// A block of values: where on the genome, from first to last base, and where in the file.
struct IndexedBlock {
  std::uint32_t first_contig = 0, start = 0, last_contig = 0, end = 0;
  std::uint64_t offset = 0, size = 0;
};

/// An index of blocks in ascending order, each of at most `block_items` items. `offset` as above.
std::string block_index(const std::vector<IndexedBlock>& blocks, std::uint32_t block_items, std::uint64_t offset);

}  // namespace iresweep
