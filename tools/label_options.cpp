#include "tools/label_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "host/input/file_stamps.h"
#include "tools/cli.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

CLI::Validator condition() {
  return CLI::Validator(
      [](const std::string& text) {
        const std::size_t sign = text.find('=');
        return sign == 0 || sign == text.npos ? "'" + text + "' is not COLUMN=VALUE" : std::string();
      },
      "");
}

}  // namespace

std::vector<std::string> LabelOptions::all_files() const {
  std::vector<std::string> files = inputs;
  for (const auto* more : {&positives, &negatives}) files.insert(files.end(), more->begin(), more->end());
  return files;
}

void declare_label_options(CLI::App& app, LabelOptions& options) {
  constexpr const char* kGroup = "Labelled sequences";
  LabelRules& rules = options.rules;
  app.add_option("INPUT", options.inputs,
                 "Labelled FASTA or tables (.tsv, .tsv.gz), plain, gzip or bgzip; '-' is FASTA on standard input.");
  app.add_option("--positives", options.positives, "FASTA of IRES. May be given more than once. Default: none.")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_option("--negatives", options.negatives, "FASTA of others. May be given more than once. Default: none.")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_option("--label-field", rules.field, "FASTA: which field of the name is the label, from 1. Default: 2.")
      ->type_name("N")
      ->check(whole_number(1, 1000))
      ->group(kGroup);
  app.add_option("--label-separator", rules.separator, "FASTA: what stands between fields of the name. Default: '|'.")
      ->type_name("TEXT")
      ->group(kGroup);
  app.add_option("--id-column", rules.id_column, "Table: column of the names. Default: id.")
      ->type_name("NAME")
      ->group(kGroup);
  app.add_option("--sequence-column", rules.sequence_column, "Table: column of the sequences. Default: sequence.")
      ->type_name("NAME")
      ->group(kGroup);
  app.add_option("--label-column", rules.label_column, "Table: column of the labels. Default: label.")
      ->type_name("NAME")
      ->group(kGroup);
  app.add_option_function<std::vector<std::string>>(
         "--where",
         [&rules](const std::vector<std::string>& conditions) {
           for (const std::string& text : conditions)
             rules.where.push_back({text.substr(0, text.find('=')), text.substr(text.find('=') + 1)});
         },
         "Table: only rows whose COLUMN is VALUE, e.g. fold=0; given more than once, all must hold. Default: all rows.")
      ->type_name("COLUMN=VALUE")
      ->check(condition())
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_flag("--skip-unlabelled", rules.skip_unlabelled,
               "Pass over records without a label. Default: they are an error.")
      ->group(kGroup);
}

void check_label_options(const LabelOptions& options, const std::string& command) {
  if (options.inputs.empty() && options.positives.empty() && options.negatives.empty())
    throw UsageError("no labelled sequences are named", "command line", fmt::format("see iresweep {} --help", command));
  if (options.positives.empty() != options.negatives.empty())
    throw UsageError("--positives and --negatives go together", "command line", "give both");
  if (options.rules.separator.empty())
    throw UsageError("--label-separator is empty", "--label-separator", "give what stands between fields, e.g. '|'");
  if (std::ranges::count(options.all_files(), "-") > 1)
    throw UsageError("standard input is named twice", "INPUT '-'", "name it once");
}

LabelledSet read_sets(const LabelOptions& options) {
  const FileStamps stamps(options.all_files());
  LabelledSet set;
  for (const std::string& path : options.inputs)
    (is_table(path) ? add_labelled_table : add_labelled_fasta)(set, path, options.rules);
  for (const std::string& path : options.positives) add_fasta_of_one_class(set, path, true);
  for (const std::string& path : options.negatives) add_fasta_of_one_class(set, path, false);
  stamps.check();
  check_both_classes(set);
  return set;
}

}  // namespace iresweep::cli
