#include "host/scan/loci.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "host/scan/best_row.h"

namespace iresweep {
namespace {

Interval span(const std::vector<Interval>& blocks) { return {blocks.front().start, blocks.back().end}; }

std::vector<Interval> within(const std::vector<Interval>& blocks, Interval limits) {
  std::vector<Interval> cut;
  for (const Interval& block : blocks) {
    const Interval part{std::max(block.start, limits.start), std::min(block.end, limits.end)};
    if (part.size() > 0) cut.push_back(part);
  }
  return cut;
}

}  // namespace

bool compatible(const std::vector<Interval>& a, const std::vector<Interval>& b) {
  const Interval shared{std::max(a.front().start, b.front().start), std::min(a.back().end, b.back().end)};
  if (shared.size() <= 0) return false;
  const auto part = within(a, shared);
  return !part.empty() && part == within(b, shared);
}

void Loci::merge(Locus& into, Locus&& later) const {
  into.blocks.insert(into.blocks.end(), later.blocks.begin(), later.blocks.end());
  into.blocks = joined(std::move(into.blocks));
  into.windows += later.windows;
  for (std::string& name : later.transcripts)
    if (std::find(into.transcripts.begin(), into.transcripts.end(), name) == into.transcripts.end())
      into.transcripts.push_back(std::move(name));
  // What is only counted needs no best one.
  if (options_.collapse && is_better(later.hit, into.hit, arbiter_)) into.hit = std::move(later.hit);
}

void Loci::write(const Hit& hit) {
  if (!options_.collapse) {
    ++rows_;
    sink_.write(hit);
  }
  if (options_.ascending)
    take(hit);
  else
    held_.push_back(hit);
}

void Loci::finish() {
  std::map<std::string, std::size_t> contigs;  // as they come
  for (const Hit& hit : held_) contigs.emplace(hit.record->map->contig(), contigs.size());
  const auto key = [&](const Hit& hit) {
    const CoordinateMap& map = *hit.record->map;
    return std::tuple(contigs.at(map.contig()), map.blocks().front().start, map.blocks().back().end);
  };
  std::stable_sort(held_.begin(), held_.end(), [&](const Hit& a, const Hit& b) { return key(a) < key(b); });
  for (const Hit& hit : std::exchange(held_, {})) take(hit);
  close(nullptr);
}

void Loci::take(const Hit& hit) {
  close(hit.record.get());
  const CoordinateMap& map = *hit.record->map;
  Locus fresh{hit, map.strand_of(hit.strand), map.project({hit.start, hit.end}), {hit.record->name}, hit.windows};
  // What it joins may bridge to others: until none is left that it is compatible with.
  const auto joins = [&](const Locus& locus) {
    return locus.strand == fresh.strand && share_gene(*locus.hit.record, *hit.record) &&
           compatible(locus.blocks, fresh.blocks);
  };
  for (auto found = open_.end(); (found = std::find_if(open_.begin(), open_.end(), joins)) != open_.end();) {
    Locus locus = std::move(*found);
    open_.erase(found);
    merge(locus, std::move(fresh));
    fresh = std::move(locus);
  }
  const auto after = std::upper_bound(open_.begin(), open_.end(), fresh,
                                      [](const Locus& a, const Locus& b) { return span(a.blocks) < span(b.blocks); });
  open_.insert(after, std::move(fresh));
}

bool Loci::share_gene(const Record& one, const Record& other) const {
  return one.gene == other.gene && (!one.gene.empty() || !options_.tells_genes || one.index == other.index);
}

// Writes the loci that no row of `next` or of a record after it can join or precede; all of them when there is none.
void Loci::close(const Record* next) {
  while (!open_.empty()) {
    Locus& first = open_.front();
    if (next && next->map->contig() == first.hit.record->map->contig() &&
        next->map->blocks().front().start < first.blocks.back().end)
      return;
    emit(first);
    open_.pop_front();
  }
}

void Loci::emit(Locus& locus) {
  ++count_;
  if (!options_.collapse) return;
  Hit row = std::move(locus.hit);
  row.windows = locus.windows;
  row.blocks = std::move(locus.blocks);
  row.transcripts = std::move(locus.transcripts);
  ++rows_;
  sink_.write(row);
}

}  // namespace iresweep
