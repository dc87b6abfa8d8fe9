#include "host/output/placement.h"

namespace iresweep {

Placement placement(const Hit& hit) {
  const Record& record = *hit.record;
  const Interval best{hit.best_start, hit.best_end};
  if (!record.map) return {record.name, hit.strand, {{hit.start, hit.end}}, best};
  const auto best_blocks = record.map->project(best);
  return {record.map->contig(),
          hit.strand == Strand::plus ? record.map->strand() : opposite(record.map->strand()),
          record.map->project({hit.start, hit.end}),
          {best_blocks.front().start, best_blocks.back().end}};
}

std::optional<std::int64_t> distance_to_start_codon(const Hit& hit) {
  if (!hit.record->start_codon || hit.strand == Strand::minus) return std::nullopt;
  return *hit.record->start_codon - hit.best_end;
}

}  // namespace iresweep
