#include "host/input/gene_models/model_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr int kDeepest = 8;  // of features within features

Strand strand_of(char strand) { return strand == '-' ? Strand::minus : Strand::plus; }

void widen(std::optional<Interval>& interval, Interval by) {
  if (!interval) interval = by;
  interval = {std::min(interval->start, by.start), std::max(interval->end, by.end)};
}

// From its end to its start, or before its contig.
bool reversed(Interval place) { return place.size() <= 0 || place.start < 0; }

bool covered(std::int64_t base, const std::vector<Interval>& exons) {
  return std::any_of(exons.begin(), exons.end(), [&](const Interval& e) { return e.start <= base && base < e.end; });
}

}  // namespace

std::string_view bare_id(std::string_view id) {
  for (const std::string_view prefix : {"transcript:", "gene:", "rna-", "gene-"})
    if (id.starts_with(prefix) && id.size() > prefix.size()) return id.substr(prefix.size());
  return id;
}

void ModelBuilder::add(std::string_view id, Part part, const AnnotationLine& line) {
  Draft& draft = this->draft(id);
  set_place(draft, line);
  if (part == Part::whole) {
    // SQANTI writes transcripts of the minus strand from their last exon to their first: that tells nothing.
    if (line.place.size() > 0) widen(draft.whole, line.place);
    return;
  }
  draft.reversed |= reversed(line.place);
  if (part == Part::exon) {
    if (!std::exchange(draft.has_exon, true)) draft.other_parts = {};
    draft.transcript.exons.push_back(line.place);
    return;
  }
  if (!draft.has_exon) draft.other_parts.push_back(line.place);
  if (part != Part::untranslated) add_coding(draft, line);
  if (part == Part::start_codon) draft.has_start_codon = tells_start_codons_ = true;
}

void ModelBuilder::add_coding(Draft& draft, const AnnotationLine& line) {
  auto& cds = draft.transcript.cds;
  const bool first = !cds || (line.strand == '-' ? line.place.end > cds->end : line.place.start < cds->start);
  if (first && line.type == "CDS") draft.first_phase = line.phase;
  widen(cds, line.place);
  if (line.strand != '-' && !reversed(line.place)) {
    auto& all = coding_.try_emplace(draft.transcript.contig, line.place).first->second;
    all = {std::min(all.start, line.place.start), std::max(all.end, line.place.end)};
  }
}

void ModelBuilder::describe(std::string_view id, std::string_view name, std::string_view gene) {
  Transcript& transcript = draft(id).transcript;
  if (!name.empty()) transcript.name = name;
  if (!gene.empty()) transcript.gene = gene;
}

void ModelBuilder::set_parent(std::string_view id, std::string_view parent) { draft(id).parent = parent; }

void ModelBuilder::add_rna_genome(const AnnotationLine& line) {
  if (rna_genomes_.count(contig_index(line.contig)) > 0) return;
  const std::string id = fmt::format("\n{}", line.contig);  // no other identifier holds a line end
  add(id, Part::exon, line);
  describe(id, line.contig, "");
  rna_genomes_.emplace(contig_index(line.contig), by_id_.find(id)->second);
}

ModelBuilder::Draft& ModelBuilder::draft(std::string_view id) {
  if (const auto found = by_id_.find(id); found != by_id_.end()) return drafts_[found->second];
  by_id_.emplace(id, drafts_.size());
  drafts_.emplace_back().transcript.name = bare_id(id);
  return drafts_.back();
}

std::uint32_t ModelBuilder::contig_index(std::string_view name) {
  if (const auto found = by_contig_.find(name); found != by_contig_.end()) return found->second;
  const auto index = std::uint32_t(models_.contigs.size());
  models_.contigs.emplace_back(name);
  by_contig_.emplace(name, index);
  return index;
}

void ModelBuilder::set_place(Draft& draft, const AnnotationLine& line) {
  const std::uint32_t contig = contig_index(line.contig);
  if (draft.line == 0) {
    draft.line = line.number;
    draft.transcript.contig = contig;
    draft.strand = line.strand;
  }
  draft.on_two_contigs |= draft.transcript.contig != contig;
  draft.on_two_strands |= draft.strand != line.strand;
}

// The outermost feature that it lies in: a microRNA's is the gene, not the primary transcript.
std::string ModelBuilder::gene_of(const Draft& draft) const {
  if (!draft.transcript.gene.empty() || draft.parent.empty()) return draft.transcript.gene;
  std::string_view gene = draft.parent;
  for (int depth = 0; depth < kDeepest; ++depth) {
    const auto found = by_id_.find(gene);
    if (found == by_id_.end() || drafts_[found->second].parent.empty()) break;
    gene = drafts_[found->second].parent;
  }
  return std::string(bare_id(gene));
}

void ModelBuilder::complete(Draft& draft) const {
  Transcript& transcript = draft.transcript;
  transcript.gene = gene_of(draft);
  transcript.strand = strand_of(draft.strand);
  if (draft.has_exon)
    std::sort(transcript.exons.begin(), transcript.exons.end());
  else
    transcript.exons = joined(std::move(draft.other_parts));
  // Where the file tells start codons, coding bases without one begin in the middle of a frame or of a protein.
  const bool whole_codon = draft.first_phase == '0' || draft.first_phase == '.';
  transcript.start_known = transcript.cds && (tells_start_codons_ ? draft.has_start_codon : whole_codon);
}

std::optional<Contradiction> ModelBuilder::contradiction_in(const Draft& draft) const {
  const auto& [name, gene, contig, strand, start_known, exons, cds] = draft.transcript;
  if (draft.on_two_contigs) return Contradiction::two_contigs;
  if (draft.on_two_strands) return Contradiction::mixed_strands;
  if (draft.strand != '+' && draft.strand != '-') return Contradiction::no_strand;
  if (draft.reversed) return Contradiction::reversed;
  if (exons.empty()) return Contradiction::no_exons;
  for (std::size_t i = 1; i < exons.size(); ++i)
    if (exons[i].start < exons[i - 1].end) return Contradiction::exons_overlap;
  if (draft.whole && (exons.front().start < draft.whole->start || exons.back().end > draft.whole->end))
    return Contradiction::exon_outside;
  if (cds && !(covered(cds->start, exons) && covered(cds->end - 1, exons))) return Contradiction::cds_outside;
  return std::nullopt;
}

GeneModels ModelBuilder::finish(const std::string& path, Contradictions& contradictions) {
  for (const auto& [contig, index] : rna_genomes_)
    if (const auto coding = coding_.find(contig); coding != coding_.end())
      drafts_[index].transcript.cds = coding->second;
  for (Draft& draft : drafts_) {
    // Features that are no transcripts, and the proteins of an RNA that is scanned whole: only those that cannot be are
    // looked at further, and told.
    if (!draft.has_exon && !draft.whole && draft.other_parts.empty()) continue;
    if (!draft.has_exon && !draft.reversed && rna_genomes_.count(draft.transcript.contig) > 0) continue;
    complete(draft);
    if (const auto kind = contradiction_in(draft))
      contradictions.add(*kind, draft.transcript.name, fmt::format("{}, line {}", path, draft.line));
    else
      models_.transcripts.push_back(std::move(draft.transcript));
  }
  return std::move(models_);
}

}  // namespace iresweep
