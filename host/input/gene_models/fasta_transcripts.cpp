// Transcripts that are spliced already, placed by their annotation.
#include <utility>

#include "host/input/gene_models/name_matcher.h"
#include "host/input/gene_models/transcript_record.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

std::int64_t bases_of(const Transcript& transcript) {
  std::int64_t bases = 0;
  for (const Interval& exon : transcript.exons) bases += exon.size();
  return bases;
}

class FastaTranscripts : public TranscriptSource {
 public:
  FastaTranscripts(std::unique_ptr<SequenceSource> sequences, GeneModels models, Feature feature,
                   Contradictions& contradictions)
      : sequences_(std::move(sequences)),
        models_(std::move(models)),
        matcher_(names_of(models_.transcripts)),
        feature_(feature),
        contradictions_(contradictions) {}

  std::optional<Piece> next() override {
    while (auto piece = sequences_->next()) {
      if (!open_) begin(*piece);
      open_ = !piece->last;
      keep(*piece);
      if (open_) continue;
      if (auto record = placed(*piece->record))
        return Piece{std::make_shared<const Record>(std::move(*record)), std::exchange(codes_, {}), true};
    }
    if (matched_ == 0)
      throw Error("the annotation names none of the transcripts of the input" + contradictions_.reasons(),
                  models_.facts.path,
                  "take both from one source; --name-until cuts names, --input genome is for a genome");
    return std::nullopt;
  }

  std::vector<InputFacts> facts() const override {
    std::vector<InputFacts> facts = sequences_->facts();
    facts.push_back(models_.facts);
    return facts;
  }

  std::uint64_t without_feature() const override { return without_feature_; }

 private:
  void begin(const Piece& piece) {
    const auto found = matcher_.find(piece.record->name);
    transcript_ = found ? &models_.transcripts[*found] : nullptr;
    wanted_ = transcript_ ? bases_of(*transcript_) : 0;
    bases_ = 0;
    codes_.clear();
  }

  // Only what may be scanned: a chromosome that strays in must not fill the memory.
  void keep(const Piece& piece) {
    bases_ += std::int64_t(piece.codes.size());
    if (bases_ <= wanted_) codes_.insert(codes_.end(), piece.codes.begin(), piece.codes.end());
  }

  std::optional<Record> placed(const Record& read) {
    const auto leave_out = [&](Contradiction kind) {
      contradictions_.add(kind, read.name, models_.facts.path);
      return std::nullopt;
    };
    if (!transcript_) return leave_out(Contradiction::not_annotated);
    ++matched_;
    if (bases_ != wanted_) return leave_out(Contradiction::other_length);
    auto record = record_of(*transcript_, read.name, models_.contigs[transcript_->contig], records_, feature_);
    ++(record ? records_ : without_feature_);
    return record;
  }

  std::unique_ptr<SequenceSource> sequences_;
  const GeneModels models_;
  const NameMatcher matcher_;
  const Feature feature_;
  Contradictions& contradictions_;
  bool open_ = false;                       ///< the record at hand goes on
  const Transcript* transcript_ = nullptr;  ///< that it is; null when the annotation does not name it
  std::int64_t wanted_ = 0, bases_ = 0;     ///< that the record must have, and has so far
  std::vector<BaseCode> codes_;
  std::uint64_t records_ = 0, matched_ = 0, without_feature_ = 0;
};

}  // namespace

std::unique_ptr<TranscriptSource> transcripts_of_fasta(std::unique_ptr<SequenceSource> sequences, GeneModels models,
                                                       Feature feature, Contradictions& contradictions) {
  return std::make_unique<FastaTranscripts>(std::move(sequences), std::move(models), feature, contradictions);
}

}  // namespace iresweep
