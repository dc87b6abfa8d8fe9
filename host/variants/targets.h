// What an allele may touch: the spliced transcripts of an annotation, or both strands of each contig.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/input/coordinate_map.h"
#include "host/input/gene_models/gene_models.h"
#include "host/input/genome/genome.h"
#include "host/variants/edit.h"

namespace iresweep {

struct Target {
  std::size_t id = 0;
  std::string name;  ///< of the transcript, or the contig
  std::string gene;  ///< empty when unknown
  std::size_t contig = 0;
  CoordinateMap map;
  bool is_contig = false;  ///< a strand of a whole contig

  std::int64_t size() const { return map.size(); }
};

/// `edit` of the contig as an edit of the target, in the target's direction; nothing when it changes bases on both
/// sides of an exon's boundary or inserts some right there, where nobody knows which side they belong to. It must touch
/// the target.
std::optional<Edit> on_target(const Target& target, const Edit& edit);

class Targets {
 public:
  /// Both strands of every contig.
  explicit Targets(std::unique_ptr<Genome> genome);
  /// Transcripts that do not fit the genome go to `contradictions`. Throws as place_models().
  Targets(std::unique_ptr<Genome> genome, GeneModels models, Contradictions& contradictions);

  Genome& genome() { return *genome_; }

  /// Of a contig, those with a base that `edit` replaces, or with bases on both sides of where it inserts; in the order
  /// of the genome, of a contig plus before minus.
  std::vector<std::size_t> touched(std::size_t contig, const Edit& edit) const;

  std::shared_ptr<const Target> target(std::size_t id);

  /// Appends the codes of a stretch of it, in its direction.
  void read(const Target& target, Interval stretch, std::vector<BaseCode>& out);

 private:
  const Transcript& transcript(std::size_t id) const { return models_.transcripts[order_[id]]; }
  void index(const std::vector<std::size_t>& contig_of);

  std::unique_ptr<Genome> genome_;
  const bool whole_contigs_;
  GeneModels models_;
  std::vector<std::size_t> order_;          ///< transcripts by place: a target's id is its place in here
  std::vector<std::size_t> first_on_;       ///< of each contig, and one past the last
  std::vector<std::int64_t> furthest_end_;  ///< of the targets on the contig up to each
  std::unordered_map<std::size_t, std::shared_ptr<const Target>> known_;
};

}  // namespace iresweep
