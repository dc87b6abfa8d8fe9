// Which windows a scan calls.
#pragma once
#include <optional>

#include "host/output/run_summary.h"
#include "iresweep/model.h"
#include "tools/scan_options.h"

namespace iresweep::cli {

/// Throws UsageError for a null rate of a model without a null table.
RunSummary::Threshold choose_threshold(const ScanOptions& options, const Model& model);

/// The same; nothing for a `best` report that asks for no threshold.
std::optional<RunSummary::Threshold> wanted_threshold(const ScanOptions& options, const Model& model);

}  // namespace iresweep::cli
