// What the page about a scan needs to know of its windows.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "host/output/report/locus_collector.h"
#include "host/output/report/score_counts.h"

namespace iresweep {

class ReportCollector {
 public:
  static constexpr std::size_t kTopLoci = 20;

  /// Windows count as called above `threshold_logit`, which must be finite. `arbiter` must outlive it.
  ReportCollector(double threshold_logit, int max_missing, const Arbiter& arbiter);

  /// Scored and settled jobs, in order.
  void take(const Job& job);
  void finish();

  double threshold_logit() const { return threshold_logit_; }
  /// Logits at which windows above are counted, ascending; the threshold is among them.
  const std::vector<double>& steps() const { return steps_; }
  const ScoreCounts& counts(Strand strand) const { return counts_[strand == Strand::minus]; }
  const LocusCollector& loci() const { return loci_; }
  /// Of transcripts: bases, and windows (those called among them), by part, on their own strand.
  const CountsByPart& bases_by_part() const { return bases_by_part_; }
  const CountsByPart& windows_by_part() const { return windows_by_part_; }
  const CountsByPart& called_by_part() const { return called_by_part_; }

 private:
  void count_part(const Record& record, const ScoredWindow& window);

  const int max_missing_;
  const double threshold_logit_;
  const std::vector<double> steps_;
  std::array<ScoreCounts, 2> counts_;  ///< plus, minus
  LocusCollector loci_;
  CountsByPart bases_by_part_{}, windows_by_part_{}, called_by_part_{};
  std::optional<std::uint64_t> record_;  ///< at hand
};

}  // namespace iresweep
