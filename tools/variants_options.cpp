#include "tools/variants_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "iresweep/bases.h"
#include "tools/cli.h"
#include "tools/paths.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kVariantsDescription =
    "Scores variants: what each allele of a VCF changes in the windows over it.\n\n"
    "For each allele and each transcript that it touches, the scores of all full windows over it, one at each base, "
    "with and without it; without an annotation on both strands of the contig. Every record comes out, with all that "
    "it had.";

constexpr const char* kVariantsFooter = R"(Examples:
  $ iresweep variants --genome genome.fa.gz --annotation genes.gtf.gz -o scored.vcf.gz variants.vcf.gz
  $ bcftools view -i 'abs(IRES_DLOGIT) > 2' scored.vcf.gz
  $ bcftools +split-vep -a IRES -f '%CHROM %POS %Transcript %DeltaLogit %Consequence\n' -d scored.vcf.gz
  $ bcftools view -R genes.bed all.bcf | iresweep variants --genome viruses.fa -o table.tsv -

INFO fields of VCF and BCF:
  IRES         an entry for each ALT and transcript, with commas between them; its fields, with | between
               them, are those below
  IRES_DLOGIT  for each ALT DeltaLogit of the transcript where it changes most

Fields of an entry (in a table in lower case, behind contig, position and ref; '.' is absent):
  Allele         ALT as written
  Transcript     with Gene and Strand; without an annotation the contig
  Status         scored, or why not: exon_boundary (bases on both sides of one, or inserted right there),
                 ref_mismatch (the genome has another REF), unknown_contig, past_end (of the contig), symbolic,
                 deleted_upstream (*), breakend, not_bases, no_change, too_long (more than 1,000 bases),
                 short_transcript (shorter than a window), no_window (the end of a transcript or contig is
                 deleted), contig_end (inserted before the first or after the last base of a contig),
                 missing_bases (all windows have more than --max-missing). In a table also outside (no
                 transcript is touched) and no_alt; VCF has no entry for these.
  Windows        compared: as many with REF as with ALT
  RefScore       best score with REF; AltScore: with ALT; DeltaScore: the difference
  DeltaLogit     change of the best window's logit, which keeps its resolution where scores are near 0 or 1
  Percentile     percent of random substitutions in the transcripts touched whose DeltaLogit is smaller, and
                 half of those whose is equal; signs apart
  Consequence    of hits: none, kept, gained (a window over the allele is called with ALT only) or lost; it is
                 about all windows over each allele, DeltaLogit about those compared: of long indels the two
                 may differ
  RefCalled      called windows among all over the allele with REF; AltCalled: with ALT
  RefStart       first base of the best window on the transcript with REF, from 1; AltStart: with ALT
  LargestChange  the change of one window's logit that is largest, up or down; LargestStart: its first base
A table ends with contig_start and contig_stop: of the best window with REF, on the contig.

Windows over an allele: all full ones with a base of it, or, where it has none (a deletion), bases on both
sides. The longer allele gives up those with the fewest of its bases until both have as many. Alleles are read
without the bases that both have at their end, then at their beginning. docs/variants.md tells more.

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one. An output file appears under its name
  only when it is complete.)";

void declare_input(CLI::App& app, VariantsOptions& options) {
  const char* group = "What is scored";
  app.add_option("VARIANTS", options.variants,
                 "VCF (plain, gzip, bgzip) or BCF, told apart by content; '-' is standard input. No index is needed.")
      ->required();
  app.add_option("--genome", options.genome,
                 "FASTA that the variants were called on, plain or bgzip, with an index or without: it is made. May be "
                 "given several times.")
      ->type_name("FASTA")
      ->allow_extra_args(false)
      ->required()
      ->group(group);
  auto* annotation = app.add_option("--annotation", options.annotation,
                                    "Transcripts, as GTF, GFF3 or BED12, plain or gzip: alleles are scored in each "
                                    "spliced transcript that they touch. Default: both strands of the contig.")
                         ->type_name("FILE")
                         ->group(group);
  app.add_flag("--strict", options.strict,
               "End at the first transcript whose annotation contradicts itself or the genome. Default: such "
               "transcripts are left out, counted and named.")
      ->group(group)
      ->needs(annotation);
  app.add_option("--name-until", options.name_until,
                 "Cut the genome's names before this text, e.g. '|'. Default: at the first blank only.")
      ->type_name("TEXT")
      ->group(group);
}

void declare_scoring(CLI::App& app, VariantsOptions& options) {
  const char* group = "What is called";
  app.add_option("--model", options.model, fmt::format("The network: {} Default: built-in.", kModelForms))
      ->type_name("FILE")
      ->group(group);
  declare_threshold_options(app, options.calling, group);
  app.add_option("--max-missing", options.max_missing,
                 "Never call or compare windows with more than N missing bases (N and other letters that name no "
                 "single base), 0 to 174. Default: 8.")
      ->type_name("N")
      ->check(whole_number(0, kWindow))
      ->group(group);
  app.add_option("--background", options.substitutions,
                 "Random substitutions that the percentile counts; the variants are then read twice. 0: no "
                 "percentiles. Default: 1000.")
      ->type_name("N")
      ->check(whole_number(0, 10'000'000))
      ->group(group);
  app.add_option("--seed", options.seed, "Another number draws other substitutions. Default: 1.")
      ->type_name("N")
      ->group(group);
}

}  // namespace

std::vector<std::string> VariantsOptions::all_files() const {
  std::vector<std::string> files = genome;
  files.push_back(variants);
  if (annotation) files.push_back(*annotation);
  return files;
}

void declare_variants_options(CLI::App& app, VariantsOptions& options) {
  app.description(kVariantsDescription)->footer(kVariantsFooter);
  declare_input(app, options);
  app.add_option(
         "-o,--output", options.output,
         fmt::format("Variants with their effects, in the format that the extension names: {}. .vcf.gz and .bcf "
                     "get an index beside them. Default: VCF on standard output.",
                     kVariantExtensions))
      ->type_name("FILE")
      ->group("Output");
  declare_scoring(app, options);
  declare_engine_options(app, options.engine);
  declare_message_options(app, options.messages);
}

VariantFormat check_variants_options(const VariantsOptions& options) {
  const std::vector<std::string> inputs = options.all_files();
  if (std::count(inputs.begin(), inputs.end(), "-") > 1)
    throw UsageError("standard input is named twice", "'-'", "name it once");
  for (const std::string& input : inputs)
    if (clash(options.output, input))
      throw UsageError("the output would overwrite an input", options.output, "name another output");
  const auto format = variant_format(options.output);
  if (!format)
    throw UsageError("the extension names no output format", options.output,
                     fmt::format("use one of {}", kVariantExtensions));
  return *format;
}

}  // namespace iresweep::cli
