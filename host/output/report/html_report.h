// A page about a scan, to look at: one file, which asks nothing of any network.
#pragma once
#include <optional>
#include <string>

#include "host/output/report/report_collector.h"
#include "host/output/run_summary.h"
#include "iresweep/model.h"

namespace iresweep {

/// The page. `summary` must have a threshold: that of `found`.
std::string html_report(const RunSummary& summary, const ReportCollector& found,
                        const std::optional<NullTable>& null_table);

}  // namespace iresweep
