// Is it a genome, or transcripts? Names tell.
#include <fmt/format.h>

#include <algorithm>

#include "host/input/bgzf_file.h"
#include "host/input/fasta_faults.h"
#include "host/input/fasta_source.h"
#include "host/input/gene_models/name_matcher.h"
#include "host/input/gene_models/transcript_source.h"
#include "host/input/genome/fasta_index.h"
#include "host/input/record_name.h"
#include "iresweep/error.h"

namespace iresweep {
namespace {

// An RNA genome is its contig: its name says nothing.
std::vector<std::string> names_of_spliced(const GeneModels& models) {
  std::vector<std::string> names;
  for (const Transcript& transcript : models.transcripts)
    if (transcript.name != models.contigs[transcript.contig]) names.push_back(transcript.name);
  return names;
}

class Guess {
 public:
  explicit Guess(const GeneModels& models) : contigs_(models.contigs), transcripts_(names_of_spliced(models)) {}

  void take(std::string_view name) {
    if (first_.empty()) first_ = name;
    genome_ |= contigs_.find(name).has_value();
    spliced_ |= transcripts_.find(name).has_value();
  }
  bool genome() const { return genome_; }
  bool spliced() const { return spliced_; }
  const std::string& first() const { return first_; }  ///< name

 private:
  const NameMatcher contigs_, transcripts_;
  bool genome_ = false, spliced_ = false;
  std::string first_;
};

// From the index where there is one: a genome need not be read twice.
void take_names(const std::string& path, const std::string& name_until, Guess& guess) {
  check_readable(path);
  if (const auto contigs = existing_fasta_index(path, compression(open_bgzf(path)))) {
    for (const IndexedContig& contig : *contigs) guess.take(cut_name(contig.name, name_until));
    return;
  }
  const auto source = open_fasta({path}, {.name_until = name_until});
  while (const auto piece = source->next())
    if (piece->last) guess.take(piece->record->name);
}

}  // namespace

InputKind guess_input_kind(const std::vector<std::string>& paths, const std::string& name_until,
                           const GeneModels& models) {
  const char* hint = "say which it is: --input genome or --input transcripts";
  if (std::find(paths.begin(), paths.end(), "-") != paths.end())
    throw Error("standard input can be read only once, and its names tell what it holds", display_name("-"), hint);
  Guess guess(models);
  for (const std::string& path : paths) take_names(path, name_until, guess);
  if (guess.genome() && guess.spliced())
    throw Error("the input has names of contigs and of transcripts of the annotation", paths.front(), hint);
  if (!guess.genome() && !guess.spliced())
    throw Error(fmt::format("no name of the input ({}, ...) is one of the annotation's contigs ({}, ...) or "
                            "transcripts ({}, ...)",
                            in_quotes(guess.first()), in_quotes(models.contigs.front()),
                            in_quotes(models.transcripts.front().name)),
                paths.front(), fmt::format("take both from one source; or {}", hint));
  return guess.genome() ? InputKind::genome : InputKind::transcripts;
}

}  // namespace iresweep
