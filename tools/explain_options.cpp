#include "tools/explain_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "tools/paths.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kExplainDescription =
    "Tells which bases of a window its score comes from.\n\n"
    "Of every record, or row of a BED, the window of the highest score is explained: by the network's own gradients "
    "and attention, and by changing every single base.";

constexpr const char* kExplainFooter = R"(Examples:
  $ iresweep explain transcripts.fa.gz > bases.tsv
  $ iresweep explain --genome genome.fa.gz -o hits.npz --track why hits.bed
  $ iresweep explain --methods mutagenesis --deletions 3 --svg window.svg -o bases.tsv one.fa
  $ iresweep explain --step 1 --html why.html -o bases.tsv one.fa
  $ iresweep scan -o hits.bed x.fa && iresweep explain --genome x.fa -o bases.tsv.gz hits.bed
  $ iresweep explain --genome x.fa --rows whole --step 1 --html why.html -o bases.tsv hits.bed

Methods (values are of the logit, log(score / (1 - score)); docs/explain.md has more):
  gradcam      Grad-CAM (Selvaraju et al. 2017) on the last block of convolutions, as the DeepIRES paper
               has it: where it sees what speaks for an IRES; never negative, about 13 bases wide
  gradient     gradient x input: how the logit moves with the base that is there
  attention    the network's weight of each position; all 174 sum to 1
  mutagenesis  by how much the logit falls, on average, when the base is replaced by each of the others

TSV columns, a row a base:
  window       counts from 1; name: of the record or row; score: of the window
  contig       position and strand: the base's place, 1-based; base: as the network read it, on the minus
               strand the complement
  gradcam gradient attention mutagenesis
               the methods' values; '.' for a missing base where there is none
  to_A         to_C, to_G, to_T: change of the logit when the base is replaced by this one
  deletion     change of the logit when as many bases as --deletions says are deleted from here on

NPZ (numpy.load): a row a window; name, contig, strand, position (0-based, -1 for padding), score, logit,
  sequence, and gradcam [174], gradient [174, 4] (for bases that are not there as well), attention [174],
  mutagenesis [174, 4], deletion [175 - K].

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one. Files appear under their names only
  when all are complete.)";

void declare_input(CLI::App& app, ExplainOptions& options) {
  constexpr const char* kGroup = "What is explained";
  app.add_option("INPUT", options.inputs,
                 "FASTA, plain, gzip or bgzip; '-' is standard input. With --genome a BED, e.g. of `iresweep scan`.")
      ->required();
  auto* genome =
      app.add_option(
             "--genome", options.genome,
             "INPUT is a BED, and its rows lie on these FASTA files, plain or bgzip, whose index is made where it "
             "is missing. Rows are spliced where they have blocks, and read on their strand. May be given more "
             "than once. Default: INPUT is FASTA.")
          ->type_name("FASTA")
          ->allow_extra_args(false)
          ->group(kGroup);
  app.add_option("--rows", options.rows_name,
                 "What of a row counts: thick, its thick part (a hit's best window), or whole: --html then shows the "
                 "scores along the whole hit. Default: thick.")
      ->type_name("PART")
      ->check(one_of({"thick", "whole"}))
      ->needs(genome)
      ->group(kGroup);
  app.add_option("--name-until", options.name_until,
                 "Names of FASTA records end before this text too, e.g. '|'. Default: at the first blank.")
      ->type_name("TEXT")
      ->group(kGroup);
  app.add_option("--windows", options.windows_name,
                 "best: of each record the window of the highest score; all: every window. Default: best.")
      ->type_name("WHICH")
      ->check(one_of({"best", "all"}))
      ->group(kGroup);
  app.add_option("--step", options.step, "Distance between window starts, in bases. Default: 50.")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000'000))
      ->group(kGroup);
  app.add_option("--max-missing", options.max_missing,
                 "Leave out windows with more than N missing bases (N and the like, padding of records shorter than a "
                 "window), 0 to 174: the network takes them for IRES. Default: 8.")
      ->type_name("N")
      ->check(whole_number(0, kWindow))
      ->group(kGroup);
}

void declare_methods(CLI::App& app, ExplainOptions& options) {
  constexpr const char* kGroup = "How";
  app.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--methods", options.named_methods,
                 fmt::format("{}: any of them, with commas between. Default: all.", fmt::join(method_names(), ", ")))
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(one_of(method_names()))
      ->group(kGroup);
  app.add_option("--deletions", options.deletion,
                 "Mutagenesis also deletes every K bases in a row. What is left is padded on its left, so K may not "
                 "exceed --max-missing. Default: none.")
      ->type_name("K")
      ->check(whole_number(1, kWindow))
      ->group(kGroup);
}

void declare_output(CLI::App& app, ExplainOptions& options) {
  constexpr const char* kGroup = "Output";
  app.add_option("-o,--output", options.output,
                 "By extension: .tsv, .tsv.gz, .npz (arrays for Python). Default: TSV on standard output.")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option(
         "--svg", options.svg,
         "Also draw the window of the highest score of all, its letters as high as their values. Default: none.")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--html", options.html,
                 "Also write a page to look at, one file, about the record of that window: scores along it, to zoom "
                 "into, its best window, substitutions. Default: none.")
      ->type_name("FILE")
      ->group(kGroup);
  auto* track =
      app.add_option("--track", options.track,
                     "Also write each method's values for genome browsers: PREFIX.METHOD.plus.bw, and "
                     "PREFIX.METHOD.minus.bw with --genome. Where windows overlap a base has the largest value. "
                     "Default: none.")
          ->type_name("PREFIX")
          ->group(kGroup);
  app.add_option("--track-format", options.track_format_name,
                 "bigwig, or bedgraph (text: PREFIX.METHOD.plus.bedgraph). Default: bigwig.")
      ->type_name("FORMAT")
      ->check(one_of({"bigwig", "bedgraph"}))
      ->needs(track)
      ->group(kGroup);
}

ExplanationFileOptions::Kind kind_of(const std::string& path) {
  using Kind = ExplanationFileOptions::Kind;
  std::error_code none;
  if (is_stream(path) || path.ends_with(".tsv") || std::filesystem::is_other(path, none)) return Kind::tsv;
  if (path.ends_with(".tsv.gz")) return Kind::tsv_gz;
  if (path.ends_with(".npz")) return Kind::npz;
  throw UsageError("the extension names no output format", path, "use one of .tsv .tsv.gz .npz");
}

std::vector<std::string> outputs_of(const ExplainOptions& options) {
  std::vector<std::string> outputs{options.output, options.svg, options.html};
  if (options.track.empty()) return outputs;
  for (const PositionValue& method : position_values(options.methods()))
    for (const Strand strand : {Strand::plus, Strand::minus})
      outputs.push_back(strand_file_path(track_prefix(options.track, method.name), options.track_format(), strand));
  return outputs;
}

void check_files(const ExplainOptions& options) {
  const std::pair<const char*, const std::string&> others[] = {
      {"--svg '-'", options.svg}, {"--html '-'", options.html}, {"--track '-'", options.track}};
  for (const auto& [place, path] : others)
    if (path == "-") throw UsageError("only the table goes to standard output", place, "name a file");
  std::vector<std::string> inputs = options.inputs;
  inputs.insert(inputs.end(), options.genome.begin(), options.genome.end());
  if (std::ranges::count(options.inputs, "-") > 1)
    throw UsageError("standard input is named twice", "INPUT '-'", "name it once");
  if (!options.track.empty() && options.genome.empty() && options.track_format() == TrackFormat::bigwig &&
      std::ranges::count(options.inputs, "-") > 0)
    throw UsageError("a bigWig file cannot be made of standard input: it begins with the sizes of all records",
                     "--track", "put the sequences into a file, or give --track-format bedgraph");
  const auto outputs = outputs_of(options);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (const std::string& input : inputs)
      if (clash(outputs[i], input))
        throw UsageError("the output would overwrite an input", outputs[i], "name another output");
    for (std::size_t j = 0; j < i; ++j)
      if (clash(outputs[i], outputs[j]))
        throw UsageError("two outputs have the same name", outputs[i], "name two files");
  }
}

}  // namespace

Methods ExplainOptions::methods() const {
  Methods chosen = named_methods.empty() ? Methods() : methods_named(named_methods);
  chosen.deletion = deletion;
  return chosen;
}

void declare_explain_options(CLI::App& app, ExplainOptions& options) {
  app.description(kExplainDescription)->footer(kExplainFooter);
  declare_input(app, options);
  declare_methods(app, options);
  declare_output(app, options);
  declare_engine_options(app, options.engine);
  declare_message_options(app, options.messages);
}

ExplanationFileOptions check_explain_options(const ExplainOptions& options) {
  if (options.genome.empty())
    for (const std::string& input : options.inputs)
      if (input.ends_with(".bed") || input.ends_with(".bed.gz"))
        throw UsageError("a BED holds no bases", input, "name the FASTA that its rows lie on by --genome");
  if (!options.genome.empty() && options.inputs.size() > 1)
    throw UsageError("with --genome one BED is explained at a time", options.inputs[1], "join the files");
  if (options.deletion > 0 && !options.methods().mutagenesis)
    throw UsageError("--deletions belong to mutagenesis, which --methods leaves out", "--deletions",
                     "add mutagenesis, or leave them out");
  if (options.deletion > options.max_missing)
    throw UsageError(fmt::format("deleting {} bases leaves more missing ones than --max-missing {} allows",
                                 options.deletion, options.max_missing),
                     "--deletions", "delete fewer, or raise --max-missing: the network takes missing bases for IRES");
  check_files(options);
  return {options.output,
          kind_of(options.output),
          options.svg,
          options.html,
          {},
          {options.track, options.track_format(), !options.genome.empty()}};
}

}  // namespace iresweep::cli
