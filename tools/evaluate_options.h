// The command line of `iresweep evaluate`: declared, checked, and nothing done yet.
#pragma once
#include <string>
#include <vector>

#include "host/evaluate/evaluation.h"
#include "iresweep/engine.h"
#include "tools/cli_fwd.h"
#include "tools/common_options.h"
#include "tools/label_options.h"

namespace iresweep::cli {

/// What --curves adds to its prefix.
inline constexpr const char *kRocSuffix = ".roc.svg", *kPrecisionRecallSuffix = ".pr.svg";

struct EvaluateOptions {
  LabelOptions labelled;
  std::vector<std::string> models = {kBuiltinName};
  std::string json, curves;
  bool folds = false;
  EvaluationOptions evaluation;
  EngineOptions engine;
  MessageOptions messages;
};

/// Parsing fills `options`, which must stay where it is.
void declare_evaluate_options(CLI::App& app, EvaluateOptions& options);

/// What the parser alone cannot see. Throws UsageError.
void check_evaluate_options(const EvaluateOptions& options);

}  // namespace iresweep::cli
