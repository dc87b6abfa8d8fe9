#include "host/output/report/report_collector.h"

#include <algorithm>
#include <cmath>

#include "host/scan/best_window.h"

namespace iresweep {
namespace {

std::vector<double> steps_with(double threshold_logit) {
  std::vector<double> steps = {0, std::log(9.0), std::log(99.0), std::log(999.0), threshold_logit};
  for (double logit = -5; logit <= 12; logit += 0.5) steps.push_back(logit);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

}  // namespace

ReportCollector::ReportCollector(double threshold_logit, int max_missing, const Arbiter& arbiter)
    : max_missing_(max_missing),
      threshold_logit_(threshold_logit),
      steps_(steps_with(threshold_logit)),
      counts_{ScoreCounts(max_missing, steps_), ScoreCounts(max_missing, steps_)},
      loci_(threshold_logit, max_missing, kTopLoci, arbiter) {}

void ReportCollector::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    if (record_ && *record_ != segment.record->index) finish();
    if (!record_) count_bases(*segment.record, bases_by_part_);
    record_ = segment.record->index;
    for (std::size_t i = 0; i < segment.count; ++i) {
      const ScoredWindow window = window_of(segment, job, i);
      counts_[segment.strand == Strand::minus].add(window.logit, window.place.missing);
      loci_.take(segment, window);
      if (segment.strand == Strand::plus) count_part(*segment.record, window);
    }
  }
}

void ReportCollector::count_part(const Record& record, const ScoredWindow& window) {
  const auto part = part_at(record, (window.place.start + window.place.end) / 2);
  if (!part || window.place.missing > max_missing_) return;
  ++windows_by_part_[std::size_t(*part)];
  called_by_part_[std::size_t(*part)] += window.logit > threshold_logit_;
}

void ReportCollector::finish() {
  loci_.end(Strand::plus);
  loci_.end(Strand::minus);
  record_.reset();
}

}  // namespace iresweep
