#include "tools/track_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "host/input/fasta_contigs.h"
#include "tools/cli.h"
#include "tools/scan_options.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

std::vector<Contig> contigs_for_bigwig(const ScanOptions& options, const SequenceSource& source, RecordKind records) {
  auto contigs = source.contigs();
  if (!contigs.empty()) return contigs;
  if (records != RecordKind::contigs)
    throw Error("a bigWig file needs the sizes of the contigs, and spliced transcripts do not tell them", "--track",
                "scan the genome, or give --track-format bedgraph");
  return read_contigs(options.input.files,
                      {.threads = std::max(1, options.engine.threads), .name_until = options.input.name_until});
}

}  // namespace

std::vector<std::string> TrackChoice::paths() const {
  if (prefix.empty()) return {};
  TrackOptions options;
  options.prefix = prefix;
  options.format = format();
  return {track_path(options, Strand::plus), track_path(options, Strand::minus)};
}

void declare_track_options(CLI::App& scan, TrackChoice& choice, const char* group) {
  auto* track =
      scan.add_option("--track", choice.prefix,
                      "Also write every window's score, called or not, for genome browsers: PREFIX.plus.bw and "
                      "PREFIX.minus.bw, by strand. A window's score stands on the bases around its centre, as "
                      "many as --step says; bases of windows with too many missing ones stay blank. Default: "
                      "none.")
          ->type_name("PREFIX")
          ->group(group);
  scan.add_option("--track-format", choice.format_name,
                  "bigwig, or bedgraph (text: PREFIX.plus.bedgraph). A bigWig needs the sizes of all records first: it "
                  "cannot be made of standard input, nor of records that share a name. Default: bigwig.")
      ->type_name("FORMAT")
      ->group(group)
      ->check(one_of({"bigwig", "bedgraph"}))
      ->needs(track);
}

void check_track_choice(const TrackChoice& choice, const InputOptions& input) {
  if (choice.prefix == "-")
    throw UsageError("--track needs files of its own", "'-'", "give the beginning of their names");
  if (choice.prefix.empty() || choice.format() == TrackFormat::bedgraph) return;
  if (std::find(input.files.begin(), input.files.end(), "-") != input.files.end())
    throw UsageError("a bigWig file cannot be made of standard input: it begins with the sizes of all records",
                     "--track", "put the sequences into a file, or give --track-format bedgraph");
}

std::unique_ptr<TrackWriter> open_track(const ScanOptions& options, const SequenceSource& source, RecordKind records) {
  if (options.track.prefix.empty()) return nullptr;
  // A transcript or a read may lie on either strand of its contig.
  const bool either = records == RecordKind::transcripts || records == RecordKind::reads;
  return std::make_unique<TrackWriter>(
      TrackOptions{options.track.prefix, options.track.format(), either || options.plus(), either || options.minus(),
                   options.step, options.max_missing, options.track_line},
      options.track.format() == TrackFormat::bigwig ? contigs_for_bigwig(options, source, records) : source.contigs());
}

}  // namespace iresweep::cli
