// Which windows are called: by the options, or by the model.
#pragma once
#include <optional>
#include <string>

#include "host/output/run_summary.h"
#include "iresweep/model.h"
#include "tools/cli_fwd.h"

namespace iresweep::cli {

struct ThresholdOptions {
  std::optional<double> threshold, null_rate;
  bool given() const { return threshold || null_rate; }
};

/// --threshold and --null-rate, in `group`; parsing fills `options`, which must stay where it is.
void declare_threshold_options(CLI::App& app, ThresholdOptions& options, const char* group);

/// What the options say, else the default for `model`, which is called `model_name` on the command line. Throws
/// UsageError for a null rate without a null table.
RunSummary::Threshold chosen_threshold(const ThresholdOptions& options, const Model& model,
                                       const std::string& model_name);

}  // namespace iresweep::cli
