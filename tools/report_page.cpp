#include "tools/report_page.h"

#include "host/output/report/html_report.h"

namespace iresweep::cli {

ReportPage::ReportPage(const std::string& path, RunSummary::Threshold threshold, int max_missing, LocusRules rules,
                       const Arbiter& arbiter)
    : file_(path, OutputFile::Packing::plain),
      threshold_(threshold),
      found_(threshold.logit, max_missing, rules, arbiter) {}

// A `best` report without a threshold has a page all the same: by the threshold that regions would have.
void ReportPage::write(RunSummary summary, const std::optional<NullTable>& null_table) {
  found_.finish();
  summary.threshold = threshold_;
  file_.write(html_report(summary, found_, null_table));
  file_.commit();
}

}  // namespace iresweep::cli
