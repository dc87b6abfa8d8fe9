#include "host/input/gene_models/transcript_draft.h"

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

void widen(std::optional<Interval>& interval, Interval by) {
  if (!interval) interval = by;
  interval = {std::min(interval->start, by.start), std::max(interval->end, by.end)};
}

bool covered(std::int64_t base, const std::vector<Interval>& exons) {
  return std::any_of(exons.begin(), exons.end(), [&](const Interval& e) { return e.start <= base && base < e.end; });
}

}  // namespace

bool is_reversed(Interval place) { return place.size() <= 0 || place.start < 0; }

void TranscriptDraft::add(Part part, const AnnotationLine& added, std::uint32_t contig) {
  set_place(added, contig);
  start_missing |= added.start_missing;
  if (part == Part::whole) return add_whole(added.place);
  reversed |= is_reversed(added.place);
  if (part == Part::exon) {
    if (!std::exchange(has_exon, true)) other_parts = {};
    transcript.exons.push_back(added.place);
    return;
  }
  if (!has_exon) other_parts.push_back(added.place);
  if (part != Part::untranslated) add_coding(added);
  if (part == Part::start_codon) has_start_codon = true;
}

void TranscriptDraft::set_place(const AnnotationLine& added, std::uint32_t contig) {
  if (line == 0) {
    line = added.number;
    transcript.contig = contig;
    strand = added.strand;
  }
  on_two_contigs |= transcript.contig != contig;
  on_two_strands |= strand != added.strand;
}

void TranscriptDraft::add_whole(Interval place) {
  // SQANTI writes transcripts of the minus strand from their last exon to their first: that tells nothing.
  if (place.size() <= 0) return;
  // One transcript has one line, or several of one place; lines apart are copies of it that share a name.
  at_two_places |= whole && (place.end < whole->start || whole->end < place.start);
  widen(whole, place);
}

void TranscriptDraft::add_coding(const AnnotationLine& added) {
  auto& cds = transcript.cds;
  const bool first = !cds || (added.strand == '-' ? added.place.end > cds->end : added.place.start < cds->start);
  if (first && added.type == "CDS") first_phase = added.phase;
  widen(cds, added.place);
}

void TranscriptDraft::describe(std::string_view name, std::string_view gene) {
  if (!name.empty()) transcript.name = name;
  if (gene.empty()) return;
  // A transcript is of one gene: what two genes call so are two of one name.
  at_two_places |= !transcript.gene.empty() && transcript.gene != gene;
  transcript.gene = gene;
}

void TranscriptDraft::set_parent(std::string_view id) {
  at_two_places |= !parent.empty() && parent != id;
  parent = id;
}

void TranscriptDraft::complete() {
  transcript.strand = strand == '-' ? Strand::minus : Strand::plus;
  if (has_exon) {
    std::sort(transcript.exons.begin(), transcript.exons.end());
  } else if (!other_parts.empty()) {
    transcript.exons = joined(std::move(other_parts));
  } else if (stands_alone && whole && !parts_below) {
    transcript.exons = {*whole};
    reversed |= is_reversed(*whole);
  }
}

std::optional<Contradiction> TranscriptDraft::contradiction() const {
  const auto& exons = transcript.exons;
  const auto& cds = transcript.cds;
  if (told) return told;
  if (on_two_contigs) return Contradiction::two_contigs;
  if (at_two_places) return Contradiction::two_places;
  if (on_two_strands) return Contradiction::mixed_strands;
  if (strand != '+' && strand != '-') return Contradiction::no_strand;
  if (reversed) return Contradiction::reversed;
  if (exons.empty()) return Contradiction::no_exons;
  for (std::size_t i = 1; i < exons.size(); ++i)
    if (exons[i].start < exons[i - 1].end) return Contradiction::exons_overlap;
  if (whole && (exons.front().start < whole->start || exons.back().end > whole->end))
    return Contradiction::exon_outside;
  if (cds && !(covered(cds->start, exons) && covered(cds->end - 1, exons))) return Contradiction::cds_outside;
  return std::nullopt;
}

}  // namespace iresweep
