// `iresweep scan --html-report`: a page about the scan.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "host/output/output_file.h"
#include "host/output/report/report_collector.h"
#include "host/output/run_summary.h"
#include "iresweep/model.h"

namespace iresweep::cli {

class ReportPage {
 public:
  /// Makes the file, under a temporary name. Windows and loci are called by `threshold`. Throws Error.
  ReportPage(const std::string& path, RunSummary::Threshold threshold, int max_missing, LocusRules rules,
             const Arbiter& arbiter);

  /// Scored and settled jobs, in order.
  void take(const Job& job) { found_.take(job); }
  /// After the last job: writes the page, which then appears under its name. Throws Error.
  void write(RunSummary summary, const std::optional<NullTable>& null_table);

  const OutputFile& file() const { return file_; }

 private:
  OutputFile file_;
  const RunSummary::Threshold threshold_;
  ReportCollector found_;
};

}  // namespace iresweep::cli
