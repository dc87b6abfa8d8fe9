// What the page about a scan needs to know of its windows.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "host/output/hit_format.h"
#include "host/output/report/part_counts.h"
#include "host/output/report/region_collector.h"
#include "host/output/report/score_counts.h"
#include "host/output/report/top_loci.h"
#include "host/scan/loci.h"
#include "host/scan/read_loci.h"

namespace iresweep {

/// What makes regions of different records one locus.
struct LocusRules {
  RecordKind records = RecordKind::contigs;  ///< of contigs and regions of them every region is a locus
  bool by_place = true;                      ///< as LociOptions::ascending
  bool tells_genes = true;                   ///< as LociOptions::tells_genes
  std::uint64_t min_reads = 1;               ///< loci of fewer are counted, and nothing else
};

/// Its loci are those of Loci and ReadLoci, made of regions whatever is reported.
class ReportCollector : private HitSink {
 public:
  static constexpr std::size_t kTopLoci = 20;

  /// Windows count as called above `threshold_logit`, which must be finite. `arbiter` must outlive it.
  ReportCollector(double threshold_logit, int max_missing, LocusRules rules, const Arbiter& arbiter);
  ReportCollector(const ReportCollector&) = delete;

  /// Scored and settled jobs, in order.
  void take(const Job& job);
  void finish();

  double threshold_logit() const { return threshold_logit_; }
  const LocusRules& rules() const { return rules_; }
  /// Logits at which windows above are counted, ascending; the threshold is among them.
  const std::vector<double>& steps() const { return steps_; }
  const ScoreCounts& counts(Strand strand) const { return counts_[strand == Strand::minus]; }
  std::uint64_t called() const { return regions_.called(); }
  /// Once finished.
  std::uint64_t loci() const { return rules_.records == RecordKind::reads ? read_loci_.count() : shown_; }
  const std::vector<Hit>& top() const { return top_.top(); }
  const PartCounts& parts() const { return parts_; }

 private:
  void write(const Hit& locus) override;
  bool may_show(const Hit& region);
  HitSink& places();
  void end_record();

  const int max_missing_;
  const double threshold_logit_;
  const LocusRules rules_;
  const std::vector<double> steps_;
  std::array<ScoreCounts, 2> counts_;  ///< plus, minus
  TopLoci top_{kTopLoci};
  Rivals rivals_{kTopLoci};
  PartCounts parts_;
  Loci loci_;
  ReadLoci read_loci_;
  RegionCollector regions_;
  std::uint64_t shown_ = 0;              ///< loci that have come
  std::optional<std::uint64_t> record_;  ///< at hand
};

}  // namespace iresweep
