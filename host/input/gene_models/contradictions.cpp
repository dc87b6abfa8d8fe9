#include "host/input/gene_models/contradictions.h"

#include <fmt/format.h>

#include "host/input/fasta_faults.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::uint64_t kMostExamples = 3;

}  // namespace

std::string_view words_for(Contradiction kind) {
  switch (kind) {
    case Contradiction::unnamed:
      return "without a transcript_id";
    case Contradiction::exon_outside:
      return "with an exon outside of them";
    case Contradiction::exons_overlap:
      return "with exons that overlap";
    case Contradiction::reversed:
      return "with an exon that ends before it begins";
    case Contradiction::mixed_strands:
      return "on both strands";
    case Contradiction::no_strand:
      return "without a strand";
    case Contradiction::two_contigs:
      return "on two contigs";
    case Contradiction::two_places:
      return "of two genes or places that share a name";
    case Contradiction::no_exons:
      return "without exons";
    case Contradiction::cds_outside:
      return "with coding bases outside of their exons";
    case Contradiction::blocks_short:
      return "whose blocks do not reach from their start to their end";
    case Contradiction::unknown_contig:
      return "on contigs that the input does not have";
    case Contradiction::other_version:
      return "on contigs of which the input has another version";
    case Contradiction::past_end:
      return "that reach past the end of their contig";
    case Contradiction::other_length:
      return "whose sequence is longer or shorter than their exons";
    case Contradiction::not_annotated:
      return "that the annotation does not name";
    case Contradiction::count:
      break;
  }
  return "";
}

void Contradictions::add(Contradiction kind, std::string_view transcript, const std::string& where) {
  if (strict_)
    throw Error(fmt::format("transcript {} is among those {}", in_quotes(transcript), words_for(kind)), where,
                "mend the annotation, or leave out --strict: such transcripts are then skipped and counted");
  Kind& entry = kinds_[std::size_t(kind)];
  if (++entry.count <= kMostExamples) entry.examples += (entry.count > 1 ? ", " : "") + in_quotes(transcript);
}

std::uint64_t Contradictions::total() const {
  std::uint64_t sum = 0;
  for (const Kind& kind : kinds_) sum += kind.count;
  return sum;
}

std::string Contradictions::Kind::text() const {
  return fmt::format("{} ({}{})", count, examples, count > kMostExamples ? ", ..." : "");
}

std::vector<std::string> Contradictions::notes() const {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    if (kinds_[i].count > 0)
      notes.push_back(fmt::format("transcripts {} are left out: {}", words_for(Contradiction(i)), kinds_[i].text()));
  return notes;
}

std::string Contradictions::reasons() const {
  std::string reasons;
  for (std::size_t i = 0; i < kinds_.size(); ++i)
    if (kinds_[i].count > 0)
      reasons += fmt::format("{} {}: {}", reasons.empty() ? ":" : ",", words_for(Contradiction(i)), kinds_[i].text());
  return reasons;
}

}  // namespace iresweep
