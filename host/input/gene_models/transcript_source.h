// Spliced transcripts as records: cut out of a genome, or as they stand in a FASTA file.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/input/gene_models/gene_models.h"
#include "host/input/genome/genome.h"
#include "host/input/sequence_source.h"

namespace iresweep {

/// The part of a transcript whose windows are scored: those with at least half of their bases in it.
enum class Feature { transcript, five_prime_utr, cds, three_prime_utr };

/// What the FASTA files hold.
enum class InputKind { genome, transcripts };

/// By the names of the records in the files: those of contigs of the annotation, or of its transcripts. Files
/// without an index are read to their end. Throws Error where they are both or neither, and for standard input.
InputKind guess_input_kind(const std::vector<std::string>& paths, const std::string& name_until,
                           const GeneModels& models);

class TranscriptSource : public SequenceSource {
 public:
  /// Transcripts of the input that lack the feature: not scanned.
  virtual std::uint64_t without_feature() const = 0;
};

/// Every transcript of `models` in the order of the genome (its contigs as they stand in the files; by first base, last
/// base, and place in the annotation), read in its own direction. Those that do not fit the genome go to
/// `contradictions`. Memory: the models. Throws Error where no contig fits.
std::unique_ptr<TranscriptSource> transcripts_of_genome(std::unique_ptr<Genome> genome, GeneModels models,
                                                        Feature feature, Contradictions& contradictions);

/// The records of `sequences`, in their order, placed by the model of their name. Records that have none, or another
/// length, go to `contradictions` (which must outlive the source) when they are read. next() throws Error at the end
/// where not one record was placed. Memory: the models, and the bases of one transcript.
std::unique_ptr<TranscriptSource> transcripts_of_fasta(std::unique_ptr<SequenceSource> sequences, GeneModels models,
                                                       Feature feature, Contradictions& contradictions);

}  // namespace iresweep
