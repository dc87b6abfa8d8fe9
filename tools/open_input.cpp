// From the options of the input to a source of records.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "host/input/alignments/alignment_file.h"
#include "host/input/circle_source.h"
#include "host/input/fasta_source.h"
#include "host/input/gene_models/gene_models.h"
#include "host/input/genome/genome.h"
#include "host/input/genome/region_source.h"
#include "host/input/genome/regions.h"
#include "iresweep/error.h"
#include "tools/cli.h"
#include "tools/input_options.h"

namespace iresweep::cli {
namespace {

std::unique_ptr<Genome> open_genome(const InputOptions& options) {
  auto genome = std::make_unique<Genome>(options.files, options.name_until);
  for (const std::string& note : genome->notes()) spdlog::info("{}", note);
  return genome;
}

InputKind kind_of(const InputOptions& options, const GeneModels& models) {
  if (!options.kind_name) return guess_input_kind(options.files, options.name_until, models);
  return *options.kind_name == "genome" ? InputKind::genome : InputKind::transcripts;
}

void refuse_alignment_options(const InputOptions& input) {
  const AlignmentOptions& options = input.alignments;
  const auto refuse = [](bool given, const char* name) {
    if (given)
      throw UsageError("the option is for aligned reads, and the input holds none", name,
                       "leave it out, or give BAM, CRAM or SAM");
  };
  refuse(options.reference.has_value(), "--reference");
  refuse(options.bases.has_value(), "--bases");
  refuse(options.read_strand.has_value(), "--read-strand");
  refuse(options.min_mapq.has_value() && !input.expressed, "--min-mapq");
  refuse(options.min_reads.has_value(), "--min-reads");
}

}  // namespace

std::vector<Region> chosen_regions(const InputOptions& options, const Contigs& contigs, std::string_view whose) {
  if (!options.regions && !options.regions_file) return {};
  auto [regions, notes] =
      options.regions ? parse_regions(*options.regions, contigs) : read_regions(*options.regions_file, contigs);
  for (const std::string& note : notes) spdlog::warn("{}", note);
  if (regions.empty())
    throw Error("there is no region to scan", options.regions ? "--regions" : *options.regions_file,
                fmt::format("name at least one that lies on a contig of {}", whose));
  return merge_regions(std::move(regions));
}

OpenInput::OpenInput(const InputOptions& options, int threads, bool both_strands) : contradictions_(options.strict) {
  if (std::any_of(options.files.begin(), options.files.end(), holds_alignments)) {
    source_ = open_alignments(options, threads, both_strands);
    records_ = RecordKind::reads;
    return;
  }
  refuse_alignment_options(options);
  if (options.annotation)
    open_transcripts(options, threads);
  else if (options.regions || options.regions_file)
    open_regions(options);
  else
    source_ = open_fasta(options.files, {.threads = threads, .name_until = options.name_until});
  if (options.expressed) source_ = only_expressed(std::move(source_), options, threads);
  if (options.circular) source_ = read_round(std::move(source_));
}

void OpenInput::open_regions(const InputOptions& options) {
  auto genome = open_genome(options);
  auto regions = chosen_regions(options, genome->names(), "the input");
  source_ = std::make_unique<RegionSource>(std::move(genome), std::move(regions));
  records_ = RecordKind::regions;
}

void OpenInput::open_transcripts(const InputOptions& options, int threads) {
  GeneModels models = read_gene_models(*options.annotation, contradictions_);
  tells_genes_ = names_genes(models);
  const InputKind kind = kind_of(options, models);
  by_place_ = kind == InputKind::genome;
  std::unique_ptr<TranscriptSource> source;
  if (kind == InputKind::genome)
    source = transcripts_of_genome(open_genome(options), std::move(models), options.feature(), contradictions_);
  else
    source = transcripts_of_fasta(open_fasta(options.files, {.threads = threads, .name_until = options.name_until}),
                                  std::move(models), options.feature(), contradictions_);
  transcripts_ = source.get();
  source_ = std::move(source);
  records_ = RecordKind::transcripts;
}

std::vector<std::pair<std::string, std::uint64_t>> OpenInput::left_out() const {
  if (!transcripts_) return {};
  std::vector<std::pair<std::string, std::uint64_t>> all;
  for (std::size_t i = 0; i < std::size_t(Contradiction::count); ++i)
    if (const auto count = contradictions_.count(Contradiction(i)); count > 0)
      all.emplace_back(words_for(Contradiction(i)), count);
  if (transcripts_->without_feature() > 0) all.emplace_back("without the feature", transcripts_->without_feature());
  if (short_features_ > 0) all.emplace_back("whose feature is too short for a window", short_features_);
  return all;
}

void OpenInput::tell_left_out() const {
  for (const std::string& note : contradictions_.notes()) spdlog::warn("{}", note);
  if (transcripts_ && transcripts_->without_feature() > 0)
    spdlog::info("{} transcripts lack the feature", transcripts_->without_feature());
  if (short_features_ > 0)
    spdlog::info("{} transcripts have a feature too short for a window: none has half of its bases in it",
                 short_features_);
}

}  // namespace iresweep::cli
