// The trees of a bigWig file, read back as a browser does: from the root, by offsets.
#include "host/output/track/bigwig_trees.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace iresweep::test {
namespace {

constexpr std::uint64_t kOffset = 1000;  // where the tree lies in its file

template <class Number>
Number number_at(const std::string& bytes, std::uint64_t place) {
  Number number{};
  EXPECT_LE(place + sizeof number, bytes.size());
  std::memcpy(&number, bytes.data() + place, sizeof number);
  return number;
}

/// Number and size of a contig, as a search finds them; nothing when it does not.
std::optional<std::pair<std::uint32_t, std::uint32_t>> find(const std::string& tree, const std::string& name) {
  const auto key_size = number_at<std::uint32_t>(tree, 8);
  std::string key = name;
  key.resize(key_size, '\0');
  std::uint64_t node = 32;
  while (true) {
    const bool leaf = number_at<std::uint8_t>(tree, node);
    const auto count = number_at<std::uint16_t>(tree, node + 2);
    std::optional<std::uint64_t> child;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t item = node + 4 + i * (key_size + 8);
      const int order = std::memcmp(tree.data() + item, key.data(), key_size);
      if (leaf && order == 0)
        return std::pair(number_at<std::uint32_t>(tree, item + key_size),
                         number_at<std::uint32_t>(tree, item + key_size + 4));
      if (!leaf && order <= 0) child = number_at<std::uint64_t>(tree, item + key_size) - kOffset;
    }
    if (!child) return std::nullopt;
    node = *child;
  }
}

TEST(ContigTree, FindsEveryContigAtAnyDepth) {
  for (const std::size_t count : {1u, 2u, 256u, 257u, 3000u, 70000u}) {
    std::vector<Contig> contigs;
    for (std::size_t i = 0; i < count; ++i) contigs.push_back({fmt::format("c{}", i), std::int64_t(i + 1)});
    std::sort(contigs.begin(), contigs.end(), [](const Contig& a, const Contig& b) { return a.name < b.name; });
    const std::string tree = contig_tree(contigs, kOffset);
    EXPECT_EQ(number_at<std::uint64_t>(tree, 16), count);
    for (std::size_t i = 0; i < count; i += 1 + count / 500) {
      const auto found = find(tree, contigs[i].name);
      ASSERT_TRUE(found) << contigs[i].name << " of " << count;
      EXPECT_EQ(*found, std::pair(std::uint32_t(i), std::uint32_t(contigs[i].size)));
    }
    EXPECT_FALSE(find(tree, "c"));
    EXPECT_FALSE(find(tree, "zz"));
  }
}

/// Offsets of the blocks that a search for a base finds.
void search(const std::string& index, std::uint64_t node, std::uint32_t contig, std::uint32_t base,
            std::vector<std::uint64_t>& found) {
  const bool leaf = number_at<std::uint8_t>(index, node);
  const auto count = number_at<std::uint16_t>(index, node + 2);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t item = node + 4 + i * (leaf ? 32 : 24);
    const auto at = [&](int field) { return number_at<std::uint32_t>(index, item + std::uint64_t(field) * 4); };
    const bool begins = std::pair(at(0), at(1)) <= std::pair(contig, base);
    const bool ends = std::pair(at(2), at(3)) > std::pair(contig, base);
    if (!begins || !ends) continue;
    const auto offset = number_at<std::uint64_t>(index, item + 16);
    if (leaf)
      found.push_back(offset);
    else
      search(index, offset - kOffset, contig, base, found);
  }
}

TEST(BlockIndex, FindsEveryBlockAtAnyDepth) {
  for (const std::size_t count : {0u, 1u, 256u, 257u, 70000u}) {
    std::vector<IndexedBlock> blocks;
    for (std::size_t i = 0; i < count; ++i) {
      const auto contig = std::uint32_t(i / 100), start = std::uint32_t(i % 100 * 1000);
      blocks.push_back({contig, start, contig, start + 900, 5000 + i * 10, 10});
    }
    const std::string index = block_index(blocks, 1024, kOffset);
    EXPECT_EQ(number_at<std::uint64_t>(index, 8), count);
    for (std::size_t i = 0; i < count; i += 1 + count / 500) {
      std::vector<std::uint64_t> found;
      search(index, 48, blocks[i].first_contig, blocks[i].start + 899, found);
      EXPECT_EQ(found, (std::vector<std::uint64_t>{blocks[i].offset}));
      found.clear();
      search(index, 48, blocks[i].first_contig, blocks[i].start + 900, found);
      EXPECT_TRUE(found.empty());
    }
  }
}

}  // namespace
}  // namespace iresweep::test
