#include "host/input/gene_models/placed_models.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "host/input/fasta_faults.h"
#include "host/input/gene_models/name_matcher.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::size_t kNowhere = std::size_t(-1);

using Matches = std::vector<std::size_t>;  // for each contig of the annotation that of the genome

// Where two fit, the one of exactly its name.
Matches match_contigs(const NameMatcher& matcher, std::size_t count, const Genome& genome) {
  Matches found(count, kNowhere);
  const auto& contigs = genome.contigs();
  for (const bool whole : {true, false})
    for (std::size_t i = 0; i < contigs.size(); ++i)
      if (const auto match = whole ? matcher.find_whole(contigs[i].name) : matcher.find_contig(contigs[i].name);
          match && found[*match] == kNowhere)
        found[*match] = i;
  return found;
}

// Of those that have none the contig of another version: it is told, for bases lie elsewhere on it.
Matches other_versions(const NameMatcher& matcher, const Matches& found, const Genome& genome) {
  Matches others(found.size(), kNowhere);
  for (std::size_t i = 0; i < genome.contigs().size(); ++i)
    if (const auto match = matcher.find(genome.contigs()[i].name); match && found[*match] == kNowhere)
      others[*match] = i;
  return others;
}

[[noreturn]] void fail_without_contig(const GeneModels& models, const Matches& others, const Genome& genome) {
  for (std::size_t i = 0; i < others.size(); ++i)
    if (others[i] != kNowhere)
      throw Error(fmt::format("the genome has other versions of the annotation's contigs, as {} for {}",
                              in_quotes(genome.contigs()[others[i]].name), in_quotes(models.contigs[i])),
                  models.facts.path, "take both from one assembly: places of one are none of the other");
  throw Error(fmt::format("no contig of the genome is named in the annotation: the genome has {}, the annotation {}",
                          in_quotes(genome.contigs().front().name), in_quotes(models.contigs.front())),
              models.facts.path, "take both from one source, or rename the contigs of one");
}

}  // namespace

PlacedModels place_models(const GeneModels& models, const Genome& genome, Contradictions& contradictions) {
  const NameMatcher matcher(models.contigs);
  PlacedModels placed{match_contigs(matcher, models.contigs.size(), genome), {}};
  const Matches others = other_versions(matcher, placed.contig_of, genome);
  if (std::all_of(placed.contig_of.begin(), placed.contig_of.end(), [](std::size_t i) { return i == kNowhere; }))
    fail_without_contig(models, others, genome);
  for (std::size_t i = 0; i < models.transcripts.size(); ++i) {
    const Transcript& transcript = models.transcripts[i];
    const auto leave_out = [&](Contradiction kind) { contradictions.add(kind, transcript.name, models.facts.path); };
    const std::size_t contig = placed.contig_of[transcript.contig];
    if (contig == kNowhere)
      leave_out(others[transcript.contig] == kNowhere ? Contradiction::unknown_contig : Contradiction::other_version);
    else if (transcript.exons.back().end > genome.contigs()[contig].size)
      leave_out(Contradiction::past_end);
    else
      placed.order.push_back(i);
  }
  const auto key = [&](std::size_t i) {
    const Transcript& transcript = models.transcripts[i];
    return std::tuple(placed.contig_of[transcript.contig], transcript.exons.front().start, transcript.exons.back().end,
                      i);
  };
  std::sort(placed.order.begin(), placed.order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return placed;
}

}  // namespace iresweep
