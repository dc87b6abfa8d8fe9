// From the options of the input to aligned reads.
#include <spdlog/spdlog.h>

#include <utility>

#include "host/input/alignments/alignment_source.h"
#include "host/input/alignments/expression.h"
#include "iresweep/error.h"
#include "tools/cli.h"
#include "tools/input_options.h"

namespace iresweep::cli {
namespace {

ReadDirection direction(const AlignmentOptions& options) {
  const std::string name = options.read_strand.value_or("unknown");
  if (name == "forward") return ReadDirection::forward;
  return name == "reverse" ? ReadDirection::reverse : ReadDirection::unknown;
}

}  // namespace

std::unique_ptr<SequenceSource> open_alignments(const InputOptions& options, int threads, bool both_strands) {
  if (options.files.size() > 1)
    throw UsageError("aligned reads are scanned one file at a time", options.files[1],
                     "join files with `samtools merge`, or scan them one by one");
  if (options.annotation)
    throw UsageError("--annotation is for sequences, and the input is aligned reads", *options.annotation,
                     "leave it out, or give the genome's FASTA");
  if (options.expressed)
    throw UsageError("--expressed limits the scan of a genome, and the input is reads", *options.expressed,
                     "leave it out, or give the genome's FASTA");
  if (options.circular)
    throw UsageError("--circular is for sequences, and the input is aligned reads", "--circular",
                     "leave it out, or give circles as FASTA or as an annotation of the genome");
  const AlignmentOptions& wanted = options.alignments;
  const bool genome_bases = wanted.bases == "genome";
  if (genome_bases && !wanted.reference)
    throw UsageError("--bases genome needs the genome", "--reference", "name the FASTA that the reads were aligned to");
  AlignmentFile file(options.files[0],
                     {.reference = wanted.reference.value_or(""), .sequences = !genome_bases, .threads = threads});
  auto regions = chosen_regions(options, file.contigs(), "the alignments");
  auto genome = genome_bases ? std::make_unique<Genome>(std::vector{*wanted.reference}, "") : nullptr;
  auto source = std::make_unique<AlignmentSource>(std::move(file),
                                                  ReadOptions{.direction = direction(wanted),
                                                              .unknown_strand_too = both_strands,
                                                              .min_mapq = wanted.min_mapq.value_or(0),
                                                              .name_until = options.name_until},
                                                  std::move(regions), std::move(genome));
  for (const std::string& note : source->notes()) spdlog::warn("{}", note);
  return source;
}

std::unique_ptr<SequenceSource> only_expressed(std::unique_ptr<SequenceSource> source, const InputOptions& options,
                                               int threads) {
  if (!holds_alignments(*options.expressed))
    throw Error("the file holds no alignments", *options.expressed, "give a BAM or CRAM with its index");
  Expression expression(
      AlignmentFile(*options.expressed, {.reference = "", .sequences = false, .threads = threads}),
      {.min_depth = options.min_depth.value_or(1), .min_mapq = options.alignments.min_mapq.value_or(0)});
  for (const std::string& note : expression.notes()) spdlog::warn("{}", note);
  return std::make_unique<ExpressedSource>(std::move(source), std::move(expression));
}

}  // namespace iresweep::cli
