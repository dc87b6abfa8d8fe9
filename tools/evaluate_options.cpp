#include "tools/evaluate_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tools/label_options.h"
#include "tools/paths.h"
#include "tools/validators.h"

namespace iresweep::cli {
namespace {

constexpr const char* kEvaluateDescription =
    "Tells how well models separate known IRES from known others.\n\n"
    "Every sequence counts by its best window, as `iresweep scan --report best` gives it.";

constexpr const char* kEvaluateFooter = R"(Examples:
  $ iresweep evaluate core.fa
  $ iresweep evaluate --model built-in --model deepires/first --curves core --json core.json core.fa
  $ iresweep evaluate --positives ires.fa --negatives others.fa
  $ iresweep evaluate --model m.safetensors --where fold=0 --skip-unlabelled ires_train.tsv
  $ iresweep evaluate --model fold0.safetensors --model fold1.safetensors --folds test.tsv

Labels are 1 (IRES) or 0 (none):
  FASTA        in the name, as in the published sets: the 2nd field of 'ires0|1|'. See --label-field.
  table        .tsv or .tsv.gz, tab-separated, first line names the columns; id, sequence, label or as
               --id-column, --sequence-column, --label-column say
  two FASTAs   --positives and --negatives; names then mean nothing

What is told:
  AUROC        chance that a positive scores above a negative; ties count half
  AUPR         average precision; the share of positives is that of a guess
  Sn Sp ACC balanced ACC MCC F1
               sensitivity, specificity, accuracy, their mean, Matthews' correlation and F1, of the records
               that score above --threshold
  [low, high]  the middle 95% of bootstrap resamples, drawn from positives and negatives apart. All models
               see the same resamples, so "less the first's" says whether a difference can be told.
  AUROC of length alone
               how well the sequences' length separates them, without any network. Short sequences are
               padded, and padding scores high; long ones have many windows to be best of.
  AUROC, equal lengths
               what is left when lengths tell nothing: positives and negatives are sorted by length and
               matched in that order (of the larger class as many to one as there are), and every record is
               cut, keeping its middle, to the shortest of its match. Numbers of windows are then equal.
               A long positive that is cut may lose its IRES: where that is most of them, neither figure is
               fair, and only sequences of similar length can tell.

Exit codes:
  0 done; 1 failed; 2 wrong usage; 128 + signal when stopped by one. Files appear under their names only
  when all are complete.)";

void declare_measuring(CLI::App& app, EvaluateOptions& options) {
  constexpr const char* kGroup = "What is measured";
  EvaluationOptions& evaluation = options.evaluation;
  app.add_option("--model", options.models,
                 fmt::format("The network: {} Given more than once, models stand side by side. Default: built-in.",
                             kModelForms))
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->group(kGroup);
  app.add_flag("--folds", options.folds,
               "The models are the folds of one training: give mean ± standard deviation over them. Default: each.")
      ->group(kGroup);
  app.add_option("--threshold", evaluation.threshold, "Scores above X are called positive. Default: 0.5.")
      ->type_name("X")
      ->check(between_0_and_1())
      ->group(kGroup);
  app.add_option("--step", evaluation.step, "Distance between window starts, in bases. Default: 50.")
      ->type_name("N")
      ->check(whole_number(1, 1'000'000'000))
      ->group(kGroup);
  app.add_option("--resamples", evaluation.bootstrap.resamples, "Bootstrap resamples. Default: 2000.")
      ->type_name("N")
      ->check(whole_number(100, 1'000'000))
      ->group(kGroup);
  app.add_option("--seed", evaluation.bootstrap.seed, "Another number gives other resamples. Default: 1.")
      ->type_name("N")
      ->group(kGroup);
}

void declare_output(CLI::App& app, EvaluateOptions& options) {
  constexpr const char* kGroup = "Output (beside the text on standard output)";
  app.add_option("--json", options.json, "Everything as JSON. Default: none.")->type_name("FILE")->group(kGroup);
  app.add_option("--curves", options.curves,
                 "Draw the curves: PREFIX.roc.svg and PREFIX.pr.svg (precision and recall). Default: none.")
      ->type_name("PREFIX")
      ->group(kGroup);
}

std::vector<std::string> outputs_of(const EvaluateOptions& options) {
  std::vector<std::string> outputs;
  if (!options.json.empty()) outputs.push_back(options.json);
  if (!options.curves.empty())
    for (const char* suffix : {kRocSuffix, kPrecisionRecallSuffix}) outputs.push_back(options.curves + suffix);
  return outputs;
}

}  // namespace

void declare_evaluate_options(CLI::App& app, EvaluateOptions& options) {
  app.description(kEvaluateDescription)->footer(kEvaluateFooter);
  declare_label_options(app, options.labelled);
  declare_measuring(app, options);
  declare_output(app, options);
  declare_engine_options(app, options.engine);
  declare_message_options(app, options.messages);
}

void check_evaluate_options(const EvaluateOptions& options) {
  check_label_options(options.labelled, "evaluate");
  if (options.folds && options.models.size() < 2)
    throw UsageError("--folds needs two models or more", "--folds", "give --model once for each fold");
  if (options.json == "-")
    throw UsageError("--json needs a file of its own", "'-'", "standard output is for the text; name a file");
  std::vector<std::string> inputs = options.labelled.all_files();
  inputs.insert(inputs.end(), options.models.begin(), options.models.end());
  const std::vector<std::string> outputs = outputs_of(options);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (const std::string& input : inputs)
      if (clash(outputs[i], input))
        throw UsageError("the output would overwrite an input", outputs[i], "name another output");
    for (std::size_t j = 0; j < i; ++j)
      if (clash(outputs[i], outputs[j])) throw UsageError("two outputs are one file", outputs[i], "name another");
  }
}

}  // namespace iresweep::cli
