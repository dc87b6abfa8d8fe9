// Compressed blocks of a bigWig file, until they have their place in it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/output/output_file.h"
#include "host/output/scratch_file.h"
#include "host/output/track/bigwig_trees.h"

namespace iresweep {

/// The bytes lie in a scratch file; where they lie stays in memory: 32 bytes a block.
class PackedBlocks {
 public:
  /// `output` as for ScratchFile.
  explicit PackedBlocks(std::string output);

  /// Of `block` the extent is wanted; the rest is filled in. Throws Error.
  void add(std::string_view bytes, IndexedBlock block);

  std::uint64_t size() const { return file_.size(); }  ///< bytes of all blocks
  std::uint32_t largest() const { return largest_; }   ///< bytes of the largest one, unpacked
  std::uint64_t count() const { return blocks_.size(); }
  /// Where they lie in a file where the first begins at `offset`.
  std::vector<IndexedBlock> placed(std::uint64_t offset) const;
  void copy_to(OutputFile& out) const;

 private:
  std::string output_;
  ScratchFile file_;
  std::vector<IndexedBlock> blocks_;
  std::string packed_;
  std::uint32_t largest_ = 0;
};

}  // namespace iresweep
