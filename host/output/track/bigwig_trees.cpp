#include "host/output/track/bigwig_trees.h"

#include <algorithm>
#include <functional>

#include "host/output/track/little_endian.h"

namespace iresweep {
namespace {

constexpr std::uint32_t kContigTreeMagic = 0x78CA8C91, kBlockIndexMagic = 0x2468ACE0;
constexpr std::uint32_t kContigTreeHeader = 32, kBlockIndexHeader = 48;
constexpr std::size_t kFanOut = 256;  // items a node, as UCSC's programs have it

struct TreeShape {
  std::size_t items = 0;                       // of all leaves
  std::size_t leaf_item = 0, branch_item = 0;  // bytes
  // Bytes of the i-th item of a leaf; of what stands for items [first, end) in a branch, less the child's offset.
  std::function<void(std::string&, std::size_t i)> append_leaf;
  std::function<void(std::string&, std::size_t first, std::size_t end)> append_branch;
};

void append_node(std::string& out, bool leaf, std::size_t count, std::size_t item_size,
                 const std::function<void(std::size_t)>& append_item) {
  const std::size_t begin = out.size();
  append_number(out, std::uint8_t(leaf));
  append_number(out, std::uint8_t(0));
  append_number(out, std::uint16_t(count));
  for (std::size_t i = 0; i < count; ++i) append_item(i);
  out.resize(begin + 4 + kFanOut * item_size, '\0');
}

// Appends the nodes; they begin at `offset` in the file.
void append_nodes(std::string& out, const TreeShape& shape, std::uint64_t offset) {
  std::size_t covers = kFanOut;  // leaf items below a node of this level
  while (covers < shape.items) covers *= kFanOut;
  for (; covers > kFanOut; covers /= kFanOut) {
    const std::size_t below = covers / kFanOut;
    const std::size_t child_size = 4 + kFanOut * (below > kFanOut ? shape.branch_item : shape.leaf_item);
    const std::size_t nodes = (shape.items + covers - 1) / covers;
    std::uint64_t child = offset + nodes * (4 + kFanOut * shape.branch_item);
    offset = child;
    for (std::size_t node = 0; node < nodes; ++node) {
      const std::size_t first = node * covers, end = std::min(first + covers, shape.items);
      append_node(out, false, (end - first + below - 1) / below, shape.branch_item, [&](std::size_t i) {
        shape.append_branch(out, first + i * below, std::min(first + (i + 1) * below, end));
        append_number(out, child);
        child += child_size;
      });
    }
  }
  const std::size_t leaves = std::max<std::size_t>(1, (shape.items + kFanOut - 1) / kFanOut);
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    const std::size_t first = leaf * kFanOut, end = std::min(first + kFanOut, shape.items);
    append_node(out, true, end - first, shape.leaf_item, [&](std::size_t i) { shape.append_leaf(out, first + i); });
  }
}

void append_extent(std::string& out, const IndexedBlock& first, const IndexedBlock& last) {
  append_number(out, first.first_contig);
  append_number(out, first.start);
  append_number(out, last.last_contig);
  append_number(out, last.end);
}

}  // namespace

std::string contig_tree(const std::vector<Contig>& contigs, std::uint64_t offset) {
  std::size_t key = 1;
  for (const Contig& contig : contigs) key = std::max(key, contig.name.size());
  std::string out;
  append_number(out, kContigTreeMagic);
  append_number(out, std::uint32_t(kFanOut));
  append_number(out, std::uint32_t(key));
  append_number(out, std::uint32_t(8));  // bytes of a value: number and size
  append_number(out, std::uint64_t(contigs.size()));
  append_number(out, std::uint64_t(0));
  const auto append_key = [&](std::string& to, std::size_t i) {
    to += contigs[i].name;
    to.append(key - contigs[i].name.size(), '\0');
  };
  append_nodes(out,
               {contigs.size(), key + 8, key + 8,
                [&](std::string& to, std::size_t i) {
                  append_key(to, i);
                  append_number(to, std::uint32_t(i));
                  append_number(to, std::uint32_t(contigs[i].size));
                },
                [&](std::string& to, std::size_t first, std::size_t) { append_key(to, first); }},
               offset + kContigTreeHeader);
  return out;
}

std::string block_index(const std::vector<IndexedBlock>& blocks, std::uint32_t block_items, std::uint64_t offset) {
  std::string out;
  append_number(out, kBlockIndexMagic);
  append_number(out, std::uint32_t(kFanOut));
  append_number(out, std::uint64_t(blocks.size()));
  const IndexedBlock none;
  append_extent(out, blocks.empty() ? none : blocks.front(), blocks.empty() ? none : blocks.back());
  append_number(out, offset);  // the blocks end where their index begins
  append_number(out, block_items);
  append_number(out, std::uint32_t(0));
  append_nodes(
      out,
      {blocks.size(), 32, 24,
       [&](std::string& to, std::size_t i) {
         append_extent(to, blocks[i], blocks[i]);
         append_number(to, blocks[i].offset);
         append_number(to, blocks[i].size);
       },
       [&](std::string& to, std::size_t first, std::size_t end) { append_extent(to, blocks[first], blocks[end - 1]); }},
      offset + kBlockIndexHeader);
  return out;
}

}  // namespace iresweep
