#include "tools/scan_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "host/journal/journal_file.h"
#include "host/output/output_file.h"
#include "iresweep/bases.h"
#include "tools/paths.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScanDescription =
    "Scores every window of 174 bases and writes the hits.\n\n"
    "A score lies between 0 and 1 and is not a probability. p is the share of windows of shuffled transcripts that "
    "score as high.";

constexpr const char* kScanFooter = R"(Examples:
  $ iresweep scan transcripts.fa.gz > hits.bed
  $ iresweep scan --strand both -o hits.bed.gz --summary run.json genome.fa
  $ iresweep scan --annotation genes.gtf.gz --feature 5utr -o hits.bed genome.fa.gz
  $ iresweep scan --min-reads 3 -o hits.bed.gz direct_rna.bam
  $ iresweep scan --circular --annotation circles.bed -o hits.bed genome.fa.gz
  $ iresweep scan --model deepires/first --report best -o best.csv transcripts.fa

BED columns:
  chrom       contig; start, end: the row's stretch of it, 0-based, end excluded
  name        record: the contig again, or the region that was scanned, contig:first-last; strand: + or -
  score       round(1000 x best score); iresScore is the best score itself
  thickStart  with thickEnd the best window, for browsers; itemRgb colours the row by p
  p           share of windows of shuffled transcripts that reach the best score (with --report best the
              chance that the best of as many would); '.' when the model has no null table
  windows     called windows that were merged (with --report best: windows scored)
  bestStart   with bestEnd the best window, on the record: in a region counted from its first base
  missing     missing bases of the best window
  gene        with transcripts: of the row, with --annotation; else '.'
  reads       of aligned reads, how many share the row; else '.'
With --annotation and for aligned reads rows are BED12: blockCount, blockSizes and blockStarts follow
itemRgb; bestStart and bestEnd count on the spliced transcript, or on the aligned bases of the read.
With --annotation two more columns come last:
  toStartCodon     bases from the end of the best window to the start codon, below 0 beyond its first base;
                   '.' where none is known, as with an incomplete 5' end
  transcriptCount  names in transcripts, more than 1 with --collapse
bedtools takes blocks from twelve columns only: `cut -f 1-12 hits.bed | bedtools getfasta -split -s ...`
With --circular a hit across the junction is two rows, that before it first; the name of both ends in :BSJ.
bestStart and bestEnd count on through the junction, as the positions of CSV and TSV do, where such a hit is
one row.

CSV and TSV columns:
  name        then score, start, stop, strand, p, windows, best_start, best_stop, missing: positions are
              1-based, end included; the first line names the columns. --report best -o FILE.csv has
              those of the published DeepIRES program: name, score, start, stop. With --regions positions are
              those on the record, and contig, contig_start, contig_stop, contig_strand follow; with an
              annotation too, and then gene, to_start_codon, transcripts; for reads too, and then reads.

Rows are in the order of the input or of --sort, whatever the number of threads; transcripts of a genome come
by their first base, and so do regions of aligned reads.

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one (130 SIGINT, 143 SIGTERM; 141 when
  whoever reads the output goes away). An output file appears under its name only when it is complete.)";

void check_resume(const ScanOptions& options) {
  if (written_directly(options.output))
    throw UsageError("--resume needs an output file", is_stream(options.output) ? "standard output" : options.output,
                     "name one by -o");
  const auto files = options.input.all_files();
  if (std::any_of(files.begin(), files.end(), is_stream))
    throw UsageError("--resume reads the input again, which standard input does not allow", "'-'",
                     "put it into a file");
}

constexpr const char* kOutput = "Output";
constexpr std::string_view kPart = ".part";

// A part is no table: nobody shall take it for one.
void check_shard(const ScanOptions& options) {
  if (written_directly(options.output) || !options.output.ends_with(kPart))
    throw UsageError("--shard writes a part of the scores, not rows",
                     is_stream(options.output) ? "standard output" : options.output,
                     "name a FILE.part by -o; `iresweep merge` makes rows of the parts");
  if (!options.summary.empty() || !options.html_report.empty() || !options.track.prefix.empty())
    throw UsageError("--summary, --html-report and --track are of the whole scan", "--shard",
                     "give them to `iresweep merge`");
  for (const std::string& file : options.input.all_files())
    if (std::error_code none; is_stream(file) || (fs::exists(file, none) && !fs::is_regular_file(file, none)))
      throw UsageError("--shard reads the input twice, which a pipe does not allow", file, "put it into a file");
}

void check_files(const ScanOptions& options) {
  check_input_options(options.input);
  check_track_choice(options.track, options.input);
  std::vector<std::string> outputs = {options.output, options.summary, options.html_report};
  for (const std::string& path : options.track.paths()) outputs.push_back(path);
  if (!written_directly(options.output)) outputs.push_back(journal_path(options.output));
  for (const std::string& input : options.input.all_files())
    for (const std::string& output : outputs)
      if (clash(output, input)) throw UsageError("the output would overwrite an input", output, "name another output");
  if (options.collapse && (!options.input.annotation || options.report() != Report::regions || options.input.circular))
    throw UsageError("--collapse is for regions of annotated transcripts", "command line",
                     "give --annotation, no --report but regions, and not --circular");
  if (options.input.circular && (!options.track.prefix.empty() || !options.html_report.empty()))
    throw UsageError("--track and --html-report cannot show windows across the junction of a circle", "--circular",
                     "leave it out, or leave them out");
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (clash(outputs[i], outputs[j]))
        throw UsageError("two outputs have the same name", outputs[i], "name two files");
  if (options.shard()) check_shard(options);
  if (options.resume) check_resume(options);
  if (options.summary == "-")
    throw UsageError("--summary needs a file of its own", "'-'", "standard output is for the hits; name a file");
  if (options.html_report == "-")
    throw UsageError("--html-report needs a file of its own", "'-'", "standard output is for the hits; name a file");
}

CLI::Validator shard_text() {
  return CLI::Validator(
      [](const std::string& text) {
        return parse_shard(text) ? std::string() : fmt::format("'{}' is no K/N with K from 1 to N", text);
      },
      "");
}

}  // namespace

Report ScanOptions::report() const {
  if (report_name == "best") return Report::best;
  return report_name == "windows" ? Report::windows : Report::regions;
}

RowOrder ScanOptions::order() const {
  if (sort_name == "reference") return RowOrder::reference;
  return sort_name == "name" ? RowOrder::name : RowOrder::input;
}

void declare_output_files(CLI::App& app, ScanOptions& options) {
  app.add_option(
         "-o,--output", options.output,
         fmt::format("Hits, in the format that the extension names: {}. A .bed.gz gets a tabix index beside it. "
                     "Default: BED on standard output.",
                     kOutputExtensions))
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option("--summary", options.summary, "Also write what was run on what, and counts, as JSON. Default: none.")
      ->type_name("FILE")
      ->group(kOutput);
  app.add_option("--html-report", options.html_report,
                 "Also write a page to look at: counts, scores beside those of shuffled transcripts, the top loci with "
                 "sequence and picture, facts of the run. One file, for any browser. Default: none.")
      ->type_name("FILE")
      ->group(kOutput);
  declare_track_options(app, options.track, kOutput);
}

void declare_scan_options(CLI::App& scan, ScanOptions& options) {
  scan.description(kScanDescription)->footer(kScanFooter);
  const auto group = [](const char* name, CLI::Option* option) { option->group(name); };

  declare_input_options(scan, options.input);

  const char* output = kOutput;
  declare_output_files(scan, options);
  group(output, scan.add_option("--report", options.report_name,
                                "regions: overlapping called windows merged; windows: every called window; best: the "
                                "best window of each record, whatever its score. Default: regions.")
                    ->type_name("KIND")
                    ->check(one_of({"regions", "windows", "best"})));
  group(output, scan.add_option("--sort", options.sort_name,
                                "Order of the rows: input (as the records are read), reference (contigs as in the "
                                "FASTA, then start and end) or name (contigs by the bytes of their names, as sort does "
                                "with LC_ALL=C). Default: input.")
                    ->type_name("ORDER")
                    ->check(one_of({"input", "reference", "name"})));
  group(output, scan.add_option("--track-line", options.track_line,
                                "Begin BED, and bedGraph files of --track, with a track line of this name, for custom "
                                "tracks of the UCSC browser. Default: none.")
                    ->type_name("NAME"));
  group(output, scan.add_flag("--collapse", options.collapse,
                              "With --annotation: one row where regions of a gene's transcripts overlap on the genome "
                              "with the same introns. Transcripts without a gene share one only where the annotation "
                              "names no gene at all (BED12). Default: a row for each transcript."));
  group(output, scan.add_flag("--resume", options.resume,
                              "Go on with a run that was stopped or killed: what it had scored lies in FILE.journal, "
                              "and the result is that of an undisturbed run, byte for byte. Options, inputs, model and "
                              "kind of device must be the same. Without a journal the run begins anew, even where FILE "
                              "is there, for rows do not tell what they were made with; a finished FILE.part does, and "
                              "stays. Default: begin anew."));
  group(output, scan.add_option("--shard", options.shard_name,
                                "Score part K of N, K from 1, into the FILE.part that -o names; `iresweep merge` joins "
                                "the parts. Parts have the same number of windows, wherever in a record they begin. "
                                "The input is read twice. Default: everything, and rows.")
                    ->type_name("K/N")
                    ->check(shard_text()));

  const char* calling = "What is called";
  group(calling,
        scan.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
            ->type_name("FILE"));
  group(calling, scan.add_option("--step", options.step, "Distance between window starts, in bases. Default: 50.")
                     ->type_name("N")
                     ->check(whole_number(1, 1'000'000'000)));
  declare_threshold_options(scan, options.calling, calling);
  group(calling, scan.add_option("--max-missing", options.max_missing,
                                 "Never call windows with more than N missing bases (N and other letters that name no "
                                 "single base, padding of short records), 0 to 174. Default: 8.")
                     ->type_name("N")
                     ->check(whole_number(0, kWindow)));
  group(calling, scan.add_option("--strand", options.strand_name,
                                 "Strand to scan: +, - (the reverse complement) or both. Default: +.")
                     ->type_name("S")
                     ->check(one_of({"+", "-", "both"})));

  declare_engine_options(scan, options.engine);
  declare_message_options(scan, options.messages);
}

OutputFormat check_scan_options(const ScanOptions& options) {
  check_files(options);
  if (options.input.alignments.min_reads && options.report() != Report::regions)
    throw UsageError("--min-reads counts the reads of merged regions", "--report " + options.report_name,
                     "take --report regions, or leave --min-reads out");
  if (options.shard()) return {};
  const auto format = output_format(options.output);
  if (!format)
    throw UsageError("the extension names no output format", options.output,
                     fmt::format("use one of {}", kOutputExtensions));
  if (!options.track_line.empty() && format->kind != OutputFormat::Kind::bed &&
      (options.track.prefix.empty() || options.track.format() != TrackFormat::bedgraph))
    throw UsageError("--track-line is for BED and bedGraph", options.output, "name a .bed file, or leave it out");
  return *format;
}

}  // namespace iresweep::cli
