// Labelled sequences named on the command line.
#pragma once
#include <string>
#include <vector>

#include "host/evaluate/labelled_set.h"
#include "tools/cli_fwd.h"

namespace iresweep::cli {

struct LabelOptions {
  std::vector<std::string> inputs, positives, negatives;
  LabelRules rules;

  /// All files that are read, for checks against the outputs.
  std::vector<std::string> all_files() const;
};

/// Declares INPUT and the options of its group; parsing fills `options`, which must stay where it is.
void declare_label_options(CLI::App& app, LabelOptions& options);

/// What the parser alone cannot see; `command` is named in hints. Throws UsageError.
void check_label_options(const LabelOptions& options, const std::string& command);

/// Throws Error, also where a class is empty, or a file is changed while it is read.
LabelledSet read_sets(const LabelOptions& options);

}  // namespace iresweep::cli
