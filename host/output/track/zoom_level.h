// What a browser draws from afar: values summed up over bins of one size.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/output/track/packed_blocks.h"
#include "host/output/track/track_value.h"

namespace iresweep {

/// What is known of the values on a stretch.
struct ValueSums {
  std::uint64_t bases = 0;  ///< that have a value
  double least = 0, greatest = 0, sum = 0, squares = 0;

  void add(double value, std::uint64_t on_bases);
};

class ZoomLevel {
 public:
  static constexpr std::uint32_t kBlockItems = 512;

  /// Bins of `bin` bases, from the beginning of every contig; `output` as for ScratchFile.
  ZoomLevel(std::uint32_t bin, std::string output) : bin_(bin), blocks_(std::move(output)) {}

  /// By place, without overlap. `contig_size` is that of the value's contig. Throws Error.
  void add(const TrackValue& value, std::uint32_t contig_size);
  void finish();

  std::uint32_t bin() const { return bin_; }
  std::uint32_t bins() const { return bins_; }  ///< that have a value
  const PackedBlocks& blocks() const { return blocks_; }

 private:
  void close_bin();
  void close_block();

  std::uint32_t bin_, bins_ = 0;
  PackedBlocks blocks_;
  TrackValue at_;  ///< the bin that grows; its value is nothing
  ValueSums sums_;
  std::string records_;  ///< of the block that grows
  IndexedBlock extent_;  ///< its extent
};

}  // namespace iresweep
