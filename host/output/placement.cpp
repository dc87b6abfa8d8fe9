#include "host/output/placement.h"

#include <algorithm>

namespace iresweep {
namespace {

// The parts of a stretch before and behind the junction; one where it does not reach beyond.
std::vector<Interval> parts(Interval stretch, std::int64_t circle) {
  if (circle == 0 || stretch.end <= circle) return {stretch};
  return {{stretch.start, circle}, {0, stretch.end - circle}};
}

std::vector<Interval> on_contig(const Record& record, Interval stretch) {
  return record.map ? record.map->project(stretch) : std::vector{stretch};
}

std::string_view contig_of(const Record& record) { return record.map ? record.map->contig() : record.name; }

Strand strand_of(const Hit& hit) { return hit.record->map ? hit.record->map->strand_of(hit.strand) : hit.strand; }

Interval hull(const std::vector<Interval>& blocks) { return {blocks.front().start, blocks.back().end}; }

}  // namespace

Placement placement(const Hit& hit) {
  const auto blocks_of = [&](Interval stretch) {
    std::vector<Interval> all;
    for (const Interval& part : parts(stretch, hit.circle))
      for (const Interval& block : on_contig(*hit.record, part)) all.push_back(block);
    std::sort(all.begin(), all.end());
    return all;
  };
  return {contig_of(*hit.record), strand_of(hit), hit.blocks.empty() ? blocks_of({hit.start, hit.end}) : hit.blocks,
          hull(blocks_of({hit.best_start, hit.best_end}))};
}

std::vector<Placement> row_placements(const Hit& hit) {
  const auto rows = parts({hit.start, hit.end}, hit.circle);
  if (rows.size() == 1) return {placement(hit)};
  std::vector<Placement> placements;
  for (const Interval& row : rows) {
    Placement place{contig_of(*hit.record), strand_of(hit), on_contig(*hit.record, row), {}};
    place.best = {place.blocks.front().start, place.blocks.front().start};
    for (const Interval& part : parts({hit.best_start, hit.best_end}, hit.circle)) {
      const Interval inside{std::max(part.start, row.start), std::min(part.end, row.end)};
      if (inside.size() > 0) place.best = hull(on_contig(*hit.record, inside));
    }
    placements.push_back(std::move(place));
  }
  return placements;
}

std::string hit_name(const Hit& hit) {
  // A circle shorter than a window is read round by each.
  const bool across = hit.circle > 0 && (hit.end > hit.circle || hit.circle < kWindow);
  return across ? hit.record->name + ":BSJ" : hit.record->name;
}

std::string transcript_names(const Hit& hit) {
  if (hit.transcripts.empty()) return hit.record->name;
  std::string names;
  for (const std::string& name : hit.transcripts) names += (names.empty() ? "" : ",") + name;
  return names;
}

std::size_t transcript_count(const Hit& hit) { return hit.transcripts.empty() ? 1 : hit.transcripts.size(); }
std::uint64_t read_count(const Hit& hit) { return std::max<std::uint64_t>(hit.reads, 1); }

std::optional<std::int64_t> distance_to_start_codon(const Hit& hit) {
  if (!hit.record->start_codon || hit.strand == Strand::minus) return std::nullopt;
  return *hit.record->start_codon - hit.best_end;
}

}  // namespace iresweep
