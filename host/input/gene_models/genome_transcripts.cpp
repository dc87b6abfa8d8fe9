// Transcripts spliced from a genome.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "host/input/fasta_faults.h"
#include "host/input/gene_models/name_matcher.h"
#include "host/input/gene_models/transcript_record.h"
#include "host/input/genome/mapped_bases.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

constexpr std::int64_t kPieceBases = 256 * 1024;
constexpr std::size_t kNowhere = std::size_t(-1);

class GenomeTranscripts : public TranscriptSource {
 public:
  GenomeTranscripts(std::unique_ptr<Genome> genome, GeneModels models, Feature feature, Contradictions& contradictions)
      : genome_(std::move(genome)), models_(std::move(models)), feature_(feature), contig_of_(match_contigs()) {
    for (std::size_t i = 0; i < models_.transcripts.size(); ++i) {
      const Transcript& transcript = models_.transcripts[i];
      const std::size_t contig = contig_of_[transcript.contig];
      if (contig == kNowhere)
        contradictions.add(Contradiction::unknown_contig, transcript.name, models_.facts.path);
      else if (transcript.exons.back().end > genome_->contigs()[contig].size)
        contradictions.add(Contradiction::past_end, transcript.name, models_.facts.path);
      else
        order_.push_back(i);
    }
    sort_and_expect();
  }

  std::optional<Piece> next() override {
    while (!record_) {
      if (current_ == order_.size()) return std::nullopt;
      begin(models_.transcripts[order_[current_++]]);
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
  // For each contig of the annotation that of the genome: where two fit, the one of exactly its name.
  std::vector<std::size_t> match_contigs() const {
    const NameMatcher matcher(models_.contigs);
    std::vector<std::size_t> found(models_.contigs.size(), kNowhere);
    const auto& contigs = genome_->contigs();
    bool any = false;
    for (const bool whole : {true, false})
      for (std::size_t i = 0; i < contigs.size(); ++i)
        if (const auto match = whole ? matcher.find_whole(contigs[i].name) : matcher.find(contigs[i].name);
            match && found[*match] == kNowhere) {
          found[*match] = i;
          any = true;
        }
    if (!any)
      throw Error(
          fmt::format("no contig of the genome is named in the annotation: the genome has {}, the annotation {}",
                      quoted(contigs.front().name), quoted(models_.contigs.front())),
          models_.facts.path, "take both from one source, or rename the contigs of one");
    return found;
  }

  void sort_and_expect() {
    const auto key = [this](std::size_t i) {
      const Transcript& transcript = models_.transcripts[i];
      return std::tuple(contig_of_[transcript.contig], transcript.exons.front().start, transcript.exons.back().end, i);
    };
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (const std::size_t i : order_) {
      const Transcript& transcript = models_.transcripts[i];
      for (const Interval& exon : transcript.exons) genome_->expect_bases(contig_of_[transcript.contig], exon.size());
    }
  }

  // No record where it lacks the feature.
  void begin(const Transcript& transcript) {
    contig_ = contig_of_[transcript.contig];
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
  const std::vector<std::size_t> contig_of_;  ///< of the genome, one a contig of the annotation
  std::vector<std::size_t> order_;            ///< of the transcripts that are scanned
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
