#include "tools/input_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/cli.h"
#include "tools/validators.h"

namespace iresweep::cli {

std::vector<std::string> InputOptions::all_files() const {
  std::vector<std::string> all = files;
  for (const auto& file : {regions_file, annotation, alignments.reference, expressed})
    if (file) all.push_back(*file);
  return all;
}

Feature InputOptions::feature() const {
  const std::string name = feature_name.value_or("transcript");
  if (name == "5utr") return Feature::five_prime_utr;
  if (name == "3utr") return Feature::three_prime_utr;
  return name == "cds" ? Feature::cds : Feature::transcript;
}

namespace {

void declare_alignment_options(CLI::App& scan, AlignmentOptions& options) {
  const char* group = "Aligned reads (BAM, CRAM, SAM)";
  scan.add_option(
          "--bases", options.bases,
          "What is scored: read (the read's own bases, from its first to its last aligned one) or genome (those "
          "of --reference under the alignment). Default: read.")
      ->type_name("WHICH")
      ->group(group)
      ->check(one_of({"read", "genome"}));
  scan.add_option("--reference", options.reference,
                  "FASTA that the reads were aligned to, for CRAM and --bases genome. Default: CRAM's is looked for as "
                  "HTSlib does, by REF_PATH, REF_CACHE and the CRAM's header, but not in a network unless REF_PATH "
                  "names an address.")
      ->type_name("FASTA")
      ->group(group);
  scan.add_option("--read-strand", options.read_strand,
                  "Direction of reads that have neither a ts:A nor an XS:A tag: forward (as their transcript, e.g. "
                  "direct RNA), reverse, or unknown: then they are skipped, and counted, unless --strand is both. "
                  "Default: unknown.")
      ->type_name("WHICH")
      ->group(group)
      ->check(one_of({"unknown", "forward", "reverse"}));
  scan.add_option("--min-mapq", options.min_mapq,
                  "Skip reads of a lower mapping quality, 0 to 255; of --expressed, too. Default: 0.")
      ->type_name("N")
      ->group(group)
      ->check(whole_number(0, 255));
  scan.add_option(
          "--min-reads", options.min_reads,
          "Leave out rows of fewer reads. Only with --report regions, which makes one row of reads' regions that "
          "overlap on one strand and have the same introns. Default: 1.")
      ->type_name("N")
      ->group(group)
      ->check(whole_number(1, 1'000'000'000));
}

}  // namespace

void declare_input_options(CLI::App& scan, InputOptions& options) {
  const char* group = "What is scored";
  scan.add_option("INPUT", options.files,
                  "FASTA files of RNA or DNA, plain, gzip or bgzip; '-' is standard input. Read in the order given. Or "
                  "one file of aligned long reads, BAM, CRAM or SAM. Told apart by content.")
      ->required();
  scan.add_option("--name-until", options.name_until,
                  "Cut record names before this text, e.g. '|'. Default: at the first blank only.")
      ->type_name("TEXT")
      ->group(group);
  auto* regions = scan.add_option("--regions", options.regions,
                                  "Scan these parts of the input only: NAME or NAME:FROM-TO (1-based, both included) "
                                  "with commas between them, e.g. chr1:1,000-2,000,chr2. Each is a record of its own; "
                                  "those that overlap are merged. Needs plain or bgzip FASTA. Default: everything.")
                      ->type_name("LIST")
                      ->group(group);
  auto* regions_file = scan.add_option("--regions-file", options.regions_file,
                                       "The same, from the first three columns of a BED file, plain or gzip. Default: "
                                       "none.")
                           ->type_name("BED")
                           ->group(group)
                           ->excludes(regions);
  auto* annotation = scan.add_option("--annotation", options.annotation,
                                     "Scan the spliced transcripts of this GTF, GFF3 or BED12, plain or gzip, each in "
                                     "its own direction; rows are BED12 on the genome. Default: none.")
                         ->type_name("FILE")
                         ->group(group)
                         ->excludes(regions)
                         ->excludes(regions_file);
  scan.add_option("--input", options.kind_name,
                  "What INPUT holds, with --annotation: genome (transcripts are spliced from it; plain or bgzip) or "
                  "transcripts (spliced already). Default: told by the names of its records.")
      ->type_name("KIND")
      ->group(group)
      ->check(one_of({"genome", "transcripts"}))
      ->needs(annotation);
  auto* feature =
      scan.add_option("--feature", options.feature_name,
                      "Score only windows with at least half of their bases in this part of a transcript: transcript, "
                      "5utr, cds or 3utr. Default: transcript.")
          ->type_name("NAME")
          ->group(group)
          ->check(one_of({"transcript", "5utr", "cds", "3utr"}))
          ->needs(annotation);
  auto* circular = scan.add_flag("--circular", options.circular,
                                 "Every record, or transcript of the annotation, is a circle: its end joins its start. "
                                 "Windows start at 0, step, 2 step, ... in it and read on across the junction. "
                                 "Default: no circles.")
                       ->group(group)
                       ->excludes(regions)
                       ->excludes(regions_file)
                       ->excludes(feature);
  scan.add_flag("--strict", options.strict,
                "End at the first transcript whose annotation contradicts itself or the input. Default: such "
                "transcripts are left out, counted and named.")
      ->group(group)
      ->needs(annotation);
  auto* expressed = scan.add_option("--expressed", options.expressed,
                                    "Score only windows with at least half of their bases covered by the reads of this "
                                    "BAM or CRAM, with an index; short reads will do. Default: none.")
                        ->type_name("FILE")
                        ->group(group)
                        ->excludes(circular);
  scan.add_option("--min-depth", options.min_depth,
                  "Reads that a base needs to be covered, with --expressed. Default: 1.")
      ->type_name("N")
      ->group(group)
      ->check(whole_number(1, 1'000'000'000))
      ->needs(expressed);
  declare_alignment_options(scan, options.alignments);
}

void check_input_options(const InputOptions& options) {
  const auto all = options.all_files();
  if (std::count(all.begin(), all.end(), "-") > 1)
    throw UsageError("standard input is named twice", "'-'", "name it once");
}

}  // namespace iresweep::cli
