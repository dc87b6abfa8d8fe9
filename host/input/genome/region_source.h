// Regions of a genome as records.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "host/input/genome/genome.h"
#include "host/input/genome/regions.h"
#include "host/input/sequence_source.h"

namespace iresweep {

class RegionSource : public SequenceSource {
 public:
  /// Every region is a record of its own, in the order given, called "contig:first-last" (1-based, both included) and
  /// placed on its contig; one that is a whole contig is that contig.
  RegionSource(std::unique_ptr<Genome> genome, std::vector<Region> regions);

  std::optional<Piece> next() override;
  /// See Genome::facts().
  std::vector<InputFacts> facts() const override { return genome_->facts(); }
  std::vector<Contig> contigs() const override { return genome_->contigs(); }

 private:
  void begin_record();

  std::unique_ptr<Genome> genome_;
  std::vector<Region> regions_;
  std::size_t current_ = 0;     ///< region that is being read
  std::int64_t position_ = -1;  ///< on the contig, of the next piece; below 0 when the record is not begun
  std::shared_ptr<const Record> record_;
};

}  // namespace iresweep
