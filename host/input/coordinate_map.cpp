#include "host/input/coordinate_map.h"

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

std::vector<AlignedPart> parts_of(const std::vector<Interval>& blocks) {
  std::vector<AlignedPart> parts;
  std::int64_t offset = 0;
  for (const Interval& block : blocks) {
    if (!parts.empty() && parts.back().bases.end == block.start)
      parts.back().bases.end = block.end;
    else
      parts.push_back({block, offset, {parts.empty() ? block.start : parts.back().bases.end, block.start}});
    offset += block.size();
  }
  return parts;
}

// Adds bases of a part to blocks that those before it made. What an alignment lacks beside an intron is no part of
// that.
void append(std::vector<Interval>& blocks, Interval bases, Interval intron) {
  if (blocks.empty()) {
    blocks.push_back(bases);
  } else if (intron.size() == 0) {
    blocks.back().end = bases.end;
  } else {
    blocks.back().end = intron.start;
    blocks.push_back({intron.end, bases.end});
  }
}

}  // namespace

std::vector<Interval> joined(std::vector<Interval> stretches) {
  std::sort(stretches.begin(), stretches.end());
  std::vector<Interval> all;
  for (const Interval& stretch : stretches) {
    if (!all.empty() && stretch.start <= all.back().end)
      all.back().end = std::max(all.back().end, stretch.end);
    else
      all.push_back(stretch);
  }
  return all;
}

CoordinateMap::CoordinateMap(std::string contig, Strand strand, const std::vector<Interval>& blocks)
    : CoordinateMap(parts_of(blocks), std::move(contig), strand) {}

CoordinateMap::CoordinateMap(std::vector<AlignedPart> parts, std::string contig, Strand strand)
    : contig_(std::move(contig)), strand_(strand), parts_(std::move(parts)) {
  for (const AlignedPart& part : parts_) append(blocks_, part.bases, part.intron);
}

std::vector<Interval> CoordinateMap::project(Interval stretch) const {
  if (strand_ == Strand::minus) stretch = {size() - stretch.end, size() - stretch.start};
  const auto after = std::upper_bound(parts_.begin(), parts_.end(), stretch.start,
                                      [](std::int64_t base, const AlignedPart& part) { return base < part.offset; });
  const auto first = std::prev(after);
  std::vector<Interval> found;
  for (auto part = first; part != parts_.end() && part->offset < stretch.end; ++part) {
    const std::int64_t shift = part->bases.start - part->offset;
    const Interval bases{std::max(stretch.start + shift, part->bases.start),
                         std::min(stretch.end + shift, part->bases.end)};
    if (bases.size() > 0) append(found, bases, part->intron);
  }
  if (found.empty()) found.push_back({first->bases.end - 1, first->bases.end});
  return found;
}

std::vector<Interval> CoordinateMap::locate(const std::vector<Interval>& places) const {
  std::vector<Interval> found;
  for (const AlignedPart& part : parts_) {
    const std::int64_t shift = part.offset - part.bases.start;
    auto place = std::upper_bound(places.begin(), places.end(), part.bases.start,
                                  [](std::int64_t base, const Interval& one) { return base < one.end; });
    for (; place != places.end() && place->start < part.bases.end; ++place) {
      const Interval bases{std::max(place->start, part.bases.start) + shift,
                           std::min(place->end, part.bases.end) + shift};
      if (!found.empty() && found.back().end == bases.start)
        found.back().end = bases.end;
      else
        found.push_back(bases);
    }
  }
  if (strand_ == Strand::plus) return found;
  std::reverse(found.begin(), found.end());
  for (Interval& stretch : found) stretch = {size() - stretch.end, size() - stretch.start};
  return found;
}

std::int64_t CoordinateMap::locate(std::int64_t base) const {
  const auto after =
      std::upper_bound(parts_.begin(), parts_.end(), base,
                       [](std::int64_t value, const AlignedPart& part) { return value < part.bases.start; });
  const AlignedPart& part = *std::prev(after);
  const std::int64_t offset = part.offset + base - part.bases.start;
  return strand_ == Strand::plus ? offset : size() - 1 - offset;
}

}  // namespace iresweep
