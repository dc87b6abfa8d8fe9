#include "host/output/report/part_counts.h"

#include <algorithm>

namespace iresweep {
namespace {

// Whether a base lies in one of the blocks, which ascend and lie apart.
bool contains(const std::vector<Interval>& blocks, std::int64_t base) {
  const auto behind = std::upper_bound(blocks.begin(), blocks.end(), base,
                                       [](std::int64_t at, const Interval& block) { return at < block.start; });
  return behind != blocks.begin() && base < std::prev(behind)->end;
}

}  // namespace

void BaseSet::add(const std::vector<Interval>& blocks) {
  blocks_.insert(blocks_.end(), blocks.begin(), blocks.end());
  if (blocks_.size() <= limit_) return;
  blocks_ = joined(std::move(blocks_));
  limit_ = std::max(limit_, 2 * blocks_.size());
}

void PartCounts::add_transcript(const Record& record) {
  if (!part_at(record, 0)) return;
  const CoordinateMap& map = *record.map;
  Strands& place = places_[{map.contig(), map.strand()}];
  const ByPart<Interval> parts = parts_of(record);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].size() > 0) place.bases[i].add(map.project(parts[i]));
}

void PartCounts::add_window(const Record& record, Interval window, bool called) {
  const auto part = part_at(record, middle_of(record, window));
  if (!part) return;
  ++windows_[std::size_t(*part)];
  called_[std::size_t(*part)] += called;
}

// An antisense locus lies in no part of the transcript.
void PartCounts::add_locus(const Hit& locus) {
  const Record& record = *locus.record;
  if (locus.strand == Strand::minus || !part_at(record, 0)) return;
  const std::int64_t middle = middle_of(record, {locus.best_start, locus.best_end});
  const CoordinateMap& map = *record.map;
  places_[{map.contig(), map.strand()}].loci.push_back(map.project({middle, middle + 1}).front().start);
}

ByPart<PartCounts::Row> PartCounts::rows() const {
  ByPart<Row> rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].windows = windows_[i];
    rows[i].called = called_[i];
    for (const auto& [contig, place] : places_) {
      const auto blocks = place.bases[i].blocks();
      for (const Interval& block : blocks) rows[i].bases += std::uint64_t(block.size());
      rows[i].loci += std::uint64_t(std::count_if(place.loci.begin(), place.loci.end(),
                                                  [&](std::int64_t base) { return contains(blocks, base); }));
    }
  }
  return rows;
}

}  // namespace iresweep
