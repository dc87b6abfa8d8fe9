#include "host/output/placement.h"

#include <algorithm>

namespace iresweep {

Placement placement(const Hit& hit) {
  const Record& record = *hit.record;
  const Interval best{hit.best_start, hit.best_end};
  if (!record.map) return {record.name, hit.strand, {{hit.start, hit.end}}, best};
  const auto best_blocks = record.map->project(best);
  return {record.map->contig(),
          record.map->strand_of(hit.strand),
          hit.blocks.empty() ? record.map->project({hit.start, hit.end}) : hit.blocks,
          {best_blocks.front().start, best_blocks.back().end}};
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
