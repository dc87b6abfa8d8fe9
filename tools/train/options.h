// The options that training one network and cross-validation share.
#pragma once
#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

#include "host/train/fit.h"
#include "host/train/table.h"
#include "iresweep/model.h"

namespace iresweep::cli {

struct TrainOptions {
  std::string table, output, log, architecture = "full", schedule = "cosine", monitor = "auroc", keep = "best";
  train::Columns columns;
  std::vector<std::string> where, mix, notes;  ///< COLUMN=VALUE, PART=SHARE, KEY=TEXT
  bool pad = false;
  int folds = 10;
  train::FitOptions fit;
};

void add_column_options(CLI::App& app, train::Columns& columns);
void add_train_options(CLI::App& app, TrainOptions& options);

/// "a=b" as {"a", "b"}. Throws UsageError naming the option.
std::pair<std::string, std::string> split_at_equals(const std::string& text, const std::string& option);

/// Reads the table that the command line names. Throws Error.
train::Table table_of(const TrainOptions& options);

/// Fills in what the command line gives as text. Throws Error.
train::FitOptions fit_options_of(const TrainOptions& options);

/// Throws UsageError where a model is to be written that a scan could not use.
void check_output(const TrainOptions& options, const train::FitOptions& fit);

/// The network with the record of how it was made, to be saved as `path`.
Model model_of(const train::Fitted& fitted, const train::Table& table, const train::Split& split,
               const TrainOptions& options, const std::string& path);

/// One line an epoch on standard error.
void report_epoch(const train::Epoch& epoch);

}  // namespace iresweep::cli
