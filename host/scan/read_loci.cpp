#include "host/scan/read_loci.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "host/scan/best_row.h"

namespace iresweep {
namespace {

std::vector<Interval> gaps(const std::vector<Interval>& blocks) {
  std::vector<Interval> between;
  for (std::size_t i = 1; i < blocks.size(); ++i) between.push_back({blocks[i - 1].end, blocks[i].start});
  return between;
}

std::vector<Interval> blocks_between(const std::vector<Interval>& introns, Interval span) {
  std::vector<Interval> blocks;
  for (const Interval& intron : introns) {
    blocks.push_back({span.start, intron.start});
    span.start = intron.end;
  }
  blocks.push_back(span);
  return blocks;
}

}  // namespace

void ReadLoci::write(const Hit& hit) {
  const CoordinateMap& map = *hit.record->map;
  if (map.contig() != contig_) {
    close_before(std::numeric_limits<std::int64_t>::max());
    contig_ = map.contig();
  }
  close_before(map.blocks().front().start);
  const auto blocks = map.project({hit.start, hit.end});
  join({{blocks.front().start, blocks.back().end}, {map.strand_of(hit.strand), gaps(blocks)}},
       {hit, hit.windows, {hit.record->index}});
}

void ReadLoci::finish() { close_before(std::numeric_limits<std::int64_t>::max()); }

// Adds a locus, and whatever of its introns it overlaps becomes part of it.
void ReadLoci::join(Place place, Locus locus) {
  auto& [span, chain] = place;
  auto& same = by_chain_[chain];
  auto next = same.lower_bound(span.start);
  if (next != same.begin()) {
    const auto before = std::prev(next);
    if (before->second->first.first.end > span.start) next = before;
  }
  while (next != same.end() && next->first < span.end) {
    const auto old = next->second;
    span.start = std::min(span.start, old->first.first.start);
    span.end = std::max(span.end, old->first.first.end);
    merge(locus, std::move(old->second));
    open_.erase(old);
    next = same.erase(next);
  }
  const auto start = span.start;
  same[start] = open_.emplace(std::move(place), std::move(locus)).first;
}

void ReadLoci::merge(Locus& into, Locus&& other) const {
  if (is_better(other.best, into.best, arbiter_)) into.best = std::move(other.best);
  into.windows += other.windows;
  auto &more = into.reads, &fewer = other.reads;
  if (more.size() < fewer.size()) std::swap(more, fewer);
  if (more.back() < fewer.front()) {  // nearly always: a read joins those before it
    more.insert(more.end(), fewer.begin(), fewer.end());
    return;
  }
  std::vector<std::uint64_t> all;
  std::set_union(more.begin(), more.end(), fewer.begin(), fewer.end(), std::back_inserter(all));
  more = std::move(all);
}

// Writes the loci that no record from `first_base` on can join or precede.
void ReadLoci::close_before(std::int64_t first_base) {
  while (!open_.empty() && open_.begin()->first.first.end <= first_base) {
    auto& [place, locus] = *open_.begin();
    emit(place, locus);
    const auto same = by_chain_.find(place.second);
    same->second.erase(place.first.start);
    if (same->second.empty()) by_chain_.erase(same);
    open_.erase(open_.begin());
  }
}

void ReadLoci::emit(const Place& place, Locus& locus) {
  ++count_;
  if (locus.reads.size() < min_reads_) return;
  Hit row = std::move(locus.best);
  row.windows = locus.windows;
  row.reads = locus.reads.size();
  row.blocks = blocks_between(place.second.second, place.first);
  ++rows_;
  sink_.write(row);
}

}  // namespace iresweep
