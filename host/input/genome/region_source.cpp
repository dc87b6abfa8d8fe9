#include "host/input/genome/region_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace iresweep {

RegionSource::RegionSource(std::unique_ptr<Genome> genome, std::vector<Region> regions)
    : genome_(std::move(genome)), regions_(std::move(regions)) {
  for (const Region& region : regions_) genome_->expect_bases(region.contig, region.stretch.size());
}

std::optional<Piece> RegionSource::next() {
  if (current_ == regions_.size()) return std::nullopt;
  const auto& [contig, stretch] = regions_[current_];
  if (position_ < 0) begin_record();
  const std::int64_t end = std::min(position_ + kPieceBases, stretch.end);
  Piece piece{record_, {}, end == stretch.end};
  genome_->read(contig, {position_, end}, piece.codes);
  genome_->count_bases(contig, piece.codes);
  position_ = end;
  if (piece.last) {
    position_ = -1;
    ++current_;
  }
  return piece;
}

void RegionSource::begin_record() {
  const auto& [contig, stretch] = regions_[current_];
  const auto& [name, size] = genome_->contigs()[contig];
  position_ = stretch.start;
  genome_->count_record(contig);
  if (stretch == Interval{0, size}) {
    record_ = std::make_shared<const Record>(Record{name, current_});
    return;
  }
  Record record{fmt::format("{}:{}-{}", name, stretch.start + 1, stretch.end), current_};
  record.map.emplace(name, Strand::plus, std::vector<Interval>{stretch});
  record_ = std::make_shared<const Record>(std::move(record));
}

}  // namespace iresweep
