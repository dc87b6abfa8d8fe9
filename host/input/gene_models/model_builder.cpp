#include "host/input/gene_models/model_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

constexpr int kDeepest = 8;  // of features within features

}  // namespace

std::string_view bare_id(std::string_view id) {
  for (const std::string_view prefix : {"transcript:", "gene:", "rna-", "gene-"})
    if (id.starts_with(prefix) && id.size() > prefix.size()) return id.substr(prefix.size());
  return id;
}

void ModelBuilder::PhaseColumn::take(char phase, bool of_coding) {
  if (phase == '.') return;
  elsewhere |= !of_coding;
  several |= only != '.' && only != phase;
  only = phase;
}

void ModelBuilder::add(std::string_view id, Part part, const AnnotationLine& line) {
  const std::uint32_t contig = contig_index(line.contig);
  const bool coding = part == Part::coding || part == Part::start_codon || part == Part::stop_codon;
  draft(id).add(part, line, contig);
  phases_.take(line.phase, coding);
  tells_start_codons_ |= part == Part::start_codon;
  if (!coding || line.strand == '-' || is_reversed(line.place)) return;
  auto& all = coding_.try_emplace(contig, line.place).first->second;
  all = {std::min(all.start, line.place.start), std::max(all.end, line.place.end)};
}

void ModelBuilder::describe(std::string_view id, std::string_view name, std::string_view gene) {
  draft(id).describe(name, gene);
}

void ModelBuilder::set_parent(std::string_view id, std::string_view parent) { draft(id).set_parent(parent); }

void ModelBuilder::add_gene(std::string_view id, std::string_view name, const AnnotationLine& line) {
  TranscriptDraft& gene = draft(id);
  gene.is_gene = true;
  gene.describe(name, "");
  phases_.take(line.phase, false);
}

void ModelBuilder::let_stand_alone(std::string_view id) { draft(id).stands_alone = true; }

void ModelBuilder::contradict(std::string_view id, Contradiction kind) { draft(id).told = kind; }

void ModelBuilder::add_rna_genome(const AnnotationLine& line) {
  if (rna_genomes_.count(contig_index(line.contig)) > 0) return;
  const std::string id = fmt::format("\n{}", line.contig);  // no other identifier holds a line end
  add(id, Part::exon, line);
  describe(id, line.contig, "");
  rna_genomes_.emplace(contig_index(line.contig), by_id_.find(id)->second);
}

TranscriptDraft& ModelBuilder::draft(std::string_view id) {
  if (TranscriptDraft* const known = find(id)) return *known;
  by_id_.emplace(id, drafts_.size());
  drafts_.emplace_back().transcript.name = bare_id(id);
  return drafts_.back();
}

TranscriptDraft* ModelBuilder::find(std::string_view id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &drafts_[found->second];
}

std::uint32_t ModelBuilder::contig_index(std::string_view name) {
  if (const auto found = by_contig_.find(name); found != by_contig_.end()) return found->second;
  const auto index = std::uint32_t(models_.contigs.size());
  models_.contigs.emplace_back(name);
  by_contig_.emplace(name, index);
  return index;
}

void ModelBuilder::tell_parents(const TranscriptDraft& draft) {
  TranscriptDraft* parent = find(draft.parent);
  for (int depth = 0; parent && depth < kDeepest; ++depth, parent = find(parent->parent)) parent->parts_below = true;
}

// The gene that it lies in: a microRNA's is the gene, not the primary transcript. Where none is told, the outermost
// feature. A gene that has parts itself is its own.
std::string ModelBuilder::gene_of(const TranscriptDraft& draft) {
  if (!draft.transcript.gene.empty()) return draft.transcript.gene;
  if (draft.is_gene) return draft.transcript.name;
  std::string_view gene = draft.parent;
  for (int depth = 0; depth < kDeepest; ++depth) {
    const TranscriptDraft* const found = find(gene);
    if (found && found->is_gene) return found->transcript.name;
    if (!found || found->parent.empty()) break;
    gene = found->parent;
  }
  return std::string(bare_id(gene));
}

// Where the file tells start codons, coding bases without one begin in the middle of a frame or of a protein.
bool ModelBuilder::begins_with_start_codon(const TranscriptDraft& draft) const {
  if (!draft.transcript.cds || draft.start_missing) return false;
  if (tells_start_codons_) return draft.has_start_codon;
  return draft.first_phase == '0' || draft.first_phase == '.' || !phases_.tells();
}

GeneModels ModelBuilder::finish(const std::string& path, Contradictions& contradictions) {
  for (const auto& [contig, index] : rna_genomes_)
    if (const auto coding = coding_.find(contig); coding != coding_.end())
      drafts_[index].transcript.cds = coding->second;
  for (const TranscriptDraft& draft : drafts_)
    if (draft.has_parts()) tell_parents(draft);
  for (TranscriptDraft& draft : drafts_) draft.transcript.gene = gene_of(draft);
  for (TranscriptDraft& draft : drafts_) {
    // Features that are no transcripts, and the proteins of an RNA that is scanned whole: only those that cannot be are
    // looked at further, and told.
    if (!draft.has_parts() && !draft.whole) continue;
    if (!draft.has_exon && !draft.reversed && rna_genomes_.count(draft.transcript.contig) > 0) continue;
    draft.complete();
    draft.transcript.start_known = begins_with_start_codon(draft);
    if (const auto kind = draft.contradiction())
      contradictions.add(*kind, draft.transcript.name, fmt::format("{}, line {}", path, draft.line));
    else
      models_.transcripts.push_back(std::move(draft.transcript));
  }
  return std::move(models_);
}

}  // namespace iresweep
