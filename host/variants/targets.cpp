#include "host/variants/targets.h"

#include <algorithm>
#include <utility>

#include "host/input/gene_models/placed_models.h"
#include "host/input/genome/mapped_bases.h"
#include "host/input/reverse_complement.h"

namespace iresweep {
namespace {

constexpr std::size_t kMostKnown = 4096;

// The block that holds all that an edit changes: its bases, or both neighbours of what it inserts.
bool lies_within(const Interval& block, const Interval& replaced) {
  if (replaced.size() > 0) return block.start <= replaced.start && replaced.end <= block.end;
  return block.start < replaced.start && replaced.start < block.end;
}

bool touches(const std::vector<Interval>& exons, const Interval& replaced) {
  if (replaced.size() == 0)
    return exons.front().start < replaced.start && replaced.start < exons.back().end &&
           std::any_of(exons.begin(), exons.end(), [&](const Interval& exon) {
             return exon.start <= replaced.start && replaced.start <= exon.end;
           });
  return std::any_of(exons.begin(), exons.end(),
                     [&](const Interval& exon) { return exon.start < replaced.end && replaced.start < exon.end; });
}

}  // namespace

std::optional<Edit> on_target(const Target& target, const Edit& edit) {
  const CoordinateMap& map = target.map;
  const auto& blocks = map.blocks();
  Edit there = edit;
  if (map.strand() == Strand::minus) reverse_complement(there.inserted);
  if (target.is_contig) {
    if (map.strand() == Strand::minus)
      there.replaced = {map.size() - edit.replaced.end, map.size() - edit.replaced.start};
    return there;
  }
  if (std::none_of(blocks.begin(), blocks.end(),
                   [&](const Interval& block) { return lies_within(block, edit.replaced); }))
    return std::nullopt;
  const std::int64_t start = map.locate(map.strand() == Strand::plus ? edit.replaced.start : edit.replaced.end - 1);
  there.replaced = {start, start + edit.replaced.size()};
  return there;
}

Targets::Targets(std::unique_ptr<Genome> genome) : genome_(std::move(genome)), whole_contigs_(true) {}

Targets::Targets(std::unique_ptr<Genome> genome, GeneModels models, Contradictions& contradictions)
    : genome_(std::move(genome)), whole_contigs_(false), models_(std::move(models)) {
  PlacedModels placed = place_models(models_, *genome_, contradictions);
  order_ = std::move(placed.order);
  index(placed.contig_of);
}

void Targets::index(const std::vector<std::size_t>& contig_of) {
  first_on_.assign(genome_->contigs().size() + 1, order_.size());
  for (std::size_t id = order_.size(); id-- > 0;) first_on_[contig_of[transcript(id).contig]] = id;
  for (std::size_t contig = genome_->contigs().size(); contig-- > 0;)
    first_on_[contig] = std::min(first_on_[contig], first_on_[contig + 1]);
  furthest_end_.resize(order_.size());
  for (std::size_t contig = 0; contig < genome_->contigs().size(); ++contig) {
    std::int64_t furthest = 0;
    for (std::size_t id = first_on_[contig]; id < first_on_[contig + 1]; ++id)
      furthest_end_[id] = furthest = std::max(furthest, transcript(id).exons.back().end);
  }
}

std::vector<std::size_t> Targets::touched(std::size_t contig, const Edit& edit) const {
  if (whole_contigs_) return {2 * contig, 2 * contig + 1};
  const Interval replaced = edit.replaced;
  const std::int64_t last = replaced.size() > 0 ? replaced.end - 1 : replaced.start;  // a target starts there at last
  const auto begin = order_.begin() + std::ptrdiff_t(first_on_[contig]);
  const auto end = order_.begin() + std::ptrdiff_t(first_on_[contig + 1]);
  auto after = std::upper_bound(begin, end, last, [this](std::int64_t place, std::size_t transcript) {
    return place < models_.transcripts[transcript].exons.front().start;
  });
  std::vector<std::size_t> found;
  while (after != begin) {
    const std::size_t id = std::size_t(--after - order_.begin());
    if (furthest_end_[id] <= replaced.start) break;
    if (touches(transcript(id).exons, replaced)) found.push_back(id);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::shared_ptr<const Target> Targets::target(std::size_t id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  if (known_.size() >= kMostKnown) known_.clear();
  std::shared_ptr<const Target> target;
  if (whole_contigs_) {
    const auto& [name, size] = genome_->contigs()[id / 2];
    const Strand strand = id % 2 ? Strand::minus : Strand::plus;
    target =
        std::make_shared<const Target>(Target{id, name, "", id / 2, CoordinateMap(name, strand, {{0, size}}), true});
  } else {
    const Transcript& model = transcript(id);
    const auto contig = std::upper_bound(first_on_.begin(), first_on_.end(), id) - first_on_.begin() - 1;
    const std::string& name = genome_->contigs()[std::size_t(contig)].name;
    target = std::make_shared<const Target>(
        Target{id, model.name, model.gene, std::size_t(contig), CoordinateMap(name, model.strand, model.exons), false});
  }
  known_.emplace(id, target);
  return target;
}

void Targets::read(const Target& target, Interval stretch, std::vector<BaseCode>& out) {
  if (stretch.size() <= 0) return;
  const std::vector<BaseCode> codes = mapped_bases(*genome_, target.contig, target.map, stretch);
  out.insert(out.end(), codes.begin(), codes.end());
}

}  // namespace iresweep
