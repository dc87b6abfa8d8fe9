// What is scored: files, and which parts of them.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/input/gene_models/contradictions.h"
#include "host/input/gene_models/transcript_source.h"
#include "host/input/genome/regions.h"
#include "host/input/sequence_source.h"
#include "host/output/hit_format.h"
#include "tools/cli_fwd.h"

namespace iresweep::cli {

/// Of aligned reads; what is not given is absent, for elsewhere it would mean nothing.
struct AlignmentOptions {
  std::optional<std::string> reference, bases, read_strand;
  std::optional<int> min_mapq;
  std::optional<long> min_reads;
};

struct InputOptions {
  std::vector<std::string> files;
  std::string name_until;
  std::optional<std::string> regions, regions_file, annotation, kind_name, feature_name;
  bool strict = false, circular = false;
  AlignmentOptions alignments;
  std::optional<std::string> expressed;
  std::optional<long> min_depth;

  /// All files that are read, for checks against the outputs.
  std::vector<std::string> all_files() const;
  Feature feature() const;
};

/// Declares INPUT and the options of its group; parsing fills `options`, which must stay where it is.
void declare_input_options(CLI::App& scan, InputOptions& options);

/// What the parser alone cannot see. Throws UsageError.
void check_input_options(const InputOptions& options);

/// An input as the options have it.
class OpenInput {
 public:
  /// Opens it, and tells of indexes that were made and regions that were cut. `threads` decompress; `both_strands` are
  /// scanned, so that reads of unknown strand can be. Throws Error, and UsageError where options do not fit what the
  /// files hold.
  OpenInput(const InputOptions& options, int threads, bool both_strands);

  SequenceSource& source() { return *source_; }
  RecordKind records() const { return records_; }
  bool by_place() const { return by_place_; }        ///< records come by their place on the genome
  bool tells_genes() const { return tells_genes_; }  ///< the annotation names genes

  /// Transcripts whose feature is too short for a window, once the tiler has seen all.
  void set_short_features(std::uint64_t count) { short_features_ = count; }

  /// Transcripts that were left out, as RunSummary has it; complete when the source is at its end.
  std::vector<std::pair<std::string, std::uint64_t>> left_out() const;
  /// The same for people, with names.
  void tell_left_out() const;

 private:
  void open_regions(const InputOptions& options);
  void open_transcripts(const InputOptions& options, int threads);

  Contradictions contradictions_;
  std::unique_ptr<SequenceSource> source_;
  const TranscriptSource* transcripts_ = nullptr;  ///< the source, where it is one
  RecordKind records_ = RecordKind::contigs;
  bool by_place_ = false, tells_genes_ = false;
  std::uint64_t short_features_ = 0;
};

/// What --regions or --regions-file name, merged; none when neither is given. `whose` contigs they are, for the error
/// when nothing lies on them: "the input". Warns of what was cut.
std::vector<Region> chosen_regions(const InputOptions& options, const Contigs& contigs, std::string_view whose);

/// The records of `source`, limited to what options.expressed covers.
std::unique_ptr<SequenceSource> only_expressed(std::unique_ptr<SequenceSource> source, const InputOptions& options,
                                               int threads);

/// Opens alignments: options.files is one file of them.
std::unique_ptr<SequenceSource> open_alignments(const InputOptions& options, int threads, bool both_strands);

}  // namespace iresweep::cli
