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

ReportCollector::ReportCollector(double threshold_logit, int max_missing, LocusRules rules, const Arbiter& arbiter)
    : max_missing_(max_missing),
      threshold_logit_(threshold_logit),
      rules_(rules),
      steps_(steps_with(threshold_logit)),
      counts_{ScoreCounts(max_missing, steps_), ScoreCounts(max_missing, steps_)},
      loci_({.collapse = true, .ascending = rules.by_place, .tells_genes = rules.tells_genes}, arbiter, *this),
      read_loci_(rules.min_reads, arbiter, *this),
      regions_(
          threshold_logit, max_missing, arbiter, [this](const Hit& region) { return may_show(region); }, places()) {}

HitSink& ReportCollector::places() {
  if (rules_.records == RecordKind::transcripts) return loci_;
  if (rules_.records == RecordKind::reads) return read_loci_;
  return *this;
}

void ReportCollector::take(const Job& job) {
  for (const Segment& segment : job.segments) {
    if (record_ != segment.record->index) {
      end_record();
      parts_.add_transcript(*segment.record);
      record_ = segment.record->index;
    }
    for (std::size_t i = 0; i < segment.count; ++i) {
      const ScoredWindow window = window_of(segment, job, i);
      const Place& place = window.place;
      counts_[segment.strand == Strand::minus].add(window.logit, place.missing);
      regions_.take(segment, window);
      if (segment.strand == Strand::plus && place.missing <= max_missing_)
        parts_.add_window(*segment.record, {place.start, place.end}, window.logit > threshold_logit_);
    }
  }
}

void ReportCollector::end_record() {
  regions_.end(Strand::plus);
  regions_.end(Strand::minus);
}

void ReportCollector::finish() {
  end_record();
  loci_.finish();
  read_loci_.finish();
}

// Pictures are large: of regions that wait for their locus only those have one that could be shown. Where all of them
// wait for the last record, no locus tells yet what is too low.
bool ReportCollector::may_show(const Hit& region) {
  if (rules_.records == RecordKind::transcripts && !rules_.by_place) {
    rivals_.offer(region);
    return rivals_.may_show(region.score);
  }
  return top_.may_show(region.score);
}

void ReportCollector::write(const Hit& locus) {
  ++shown_;
  parts_.add_locus(locus);
  top_.write(locus);
}

}  // namespace iresweep
