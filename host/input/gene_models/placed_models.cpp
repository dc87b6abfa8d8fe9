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

// For each contig of the annotation that of the genome: where two fit, the one of exactly its name.
std::vector<std::size_t> match_contigs(const GeneModels& models, const Genome& genome) {
  const NameMatcher matcher(models.contigs);
  std::vector<std::size_t> found(models.contigs.size(), kNowhere);
  const auto& contigs = genome.contigs();
  bool any = false;
  for (const bool whole : {true, false})
    for (std::size_t i = 0; i < contigs.size(); ++i)
      if (const auto match = whole ? matcher.find_whole(contigs[i].name) : matcher.find(contigs[i].name);
          match && found[*match] == kNowhere) {
        found[*match] = i;
        any = true;
      }
  if (!any)
    throw Error(fmt::format("no contig of the genome is named in the annotation: the genome has {}, the annotation {}",
                            quoted(contigs.front().name), quoted(models.contigs.front())),
                models.facts.path, "take both from one source, or rename the contigs of one");
  return found;
}

}  // namespace

PlacedModels place_models(const GeneModels& models, const Genome& genome, Contradictions& contradictions) {
  PlacedModels placed{match_contigs(models, genome), {}};
  for (std::size_t i = 0; i < models.transcripts.size(); ++i) {
    const Transcript& transcript = models.transcripts[i];
    const std::size_t contig = placed.contig_of[transcript.contig];
    if (contig == kNowhere)
      contradictions.add(Contradiction::unknown_contig, transcript.name, models.facts.path);
    else if (transcript.exons.back().end > genome.contigs()[contig].size)
      contradictions.add(Contradiction::past_end, transcript.name, models.facts.path);
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
