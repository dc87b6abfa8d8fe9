// Transcripts spliced from a genome.
#include <algorithm>
#include <utility>

#include "host/input/gene_models/placed_models.h"
#include "host/input/gene_models/transcript_record.h"
#include "host/input/genome/mapped_bases.h"

namespace iresweep {
namespace {

class GenomeTranscripts : public TranscriptSource {
 public:
  GenomeTranscripts(std::unique_ptr<Genome> genome, GeneModels models, Feature feature, Contradictions& contradictions)
      : genome_(std::move(genome)),
        models_(std::move(models)),
        feature_(feature),
        placed_(place_models(models_, *genome_, contradictions)) {
    for (const std::size_t i : placed_.order) {
      const Transcript& transcript = models_.transcripts[i];
      for (const Interval& exon : transcript.exons)
        genome_->expect_bases(placed_.contig_of[transcript.contig], exon.size());
    }
  }

  std::optional<Piece> next() override {
    while (!record_) {
      if (current_ == placed_.order.size()) return std::nullopt;
      begin(models_.transcripts[placed_.order[current_++]]);
    }
    const CoordinateMap& map = *record_->map;
    const Interval stretch{given_, std::min(given_ + kPieceBases, map.size())};
    Piece piece{record_, mapped_bases(*genome_, contig_, map, stretch), stretch.end == map.size()};
    genome_->count_bases(contig_, piece.codes);
    given_ = stretch.end;
    if (piece.last) record_ = nullptr;
    return piece;
  }

  std::vector<InputFacts> facts() const override {
    std::vector<InputFacts> facts = genome_->facts();
    facts.push_back(models_.facts);
    return facts;
  }

  std::vector<Contig> contigs() const override { return genome_->contigs(); }

  std::uint64_t without_feature() const override { return without_feature_; }

 private:
  // No record where it lacks the feature.
  void begin(const Transcript& transcript) {
    contig_ = placed_.contig_of[transcript.contig];
    given_ = 0;
    auto record = record_of(transcript, transcript.name, genome_->contigs()[contig_].name, records_, feature_);
    if (!record) {
      ++without_feature_;
      return;
    }
    ++records_;
    genome_->count_record(contig_);
    record_ = std::make_shared<const Record>(std::move(*record));
  }

  std::unique_ptr<Genome> genome_;
  const GeneModels models_;
  const Feature feature_;
  const PlacedModels placed_;
  std::size_t current_ = 0;
  std::uint64_t records_ = 0, without_feature_ = 0;
  std::shared_ptr<const Record> record_;  ///< at hand; null between two
  std::size_t contig_ = 0;                ///< that it lies on
  std::int64_t given_ = 0;                ///< bases of it handed out
};

}  // namespace

std::unique_ptr<TranscriptSource> transcripts_of_genome(std::unique_ptr<Genome> genome, GeneModels models,
                                                        Feature feature, Contradictions& contradictions) {
  return std::make_unique<GenomeTranscripts>(std::move(genome), std::move(models), feature, contradictions);
}

}  // namespace iresweep
