// From logits to hits: threshold, missing bases, merging, best window. Pure, and written once for all engines.
//
// A window is called when its score exceeds the threshold and it has few enough missing bases. A region is where called
// windows overlap on one record and strand (sharing at least one base; an uncalled window between them changes
// nothing). Its best window has the highest score; of equal scores the first on the plus strand.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "host/scan/arbiter.h"
#include "host/scan/best_window.h"
#include "host/scan/hit.h"
#include "host/scan/job.h"
#include "iresweep/model.h"

namespace iresweep {

enum class Report {
  regions,  ///< overlapping called windows merged
  windows,  ///< every called window
  best,     ///< one row a record with a base in it, whatever its score. Of equal float scores the record's last window
            ///< wins if it is among them, else the first (the published rule); of equal strands plus
};

struct CallRules {
  Report report = Report::regions;
  double threshold_logit = 0;  ///< infinity: nothing is called (`best` needs no threshold)
  int max_missing = 8;
  bool both_strands = false;  ///< every record comes on both strands: rows wait until both have passed their place
  std::optional<NullTable> null_table;
  /// Rows show BED's integer score and the colour of p. The oracle decides where rounding could change these: one row
  /// in fifty, so a format without them does better to say so.
  bool shows_steps = true;
};

/// For the closing summary. `missing`, `called` and `loci` do not depend on what is reported.
struct CallCounts {
  std::uint64_t windows = 0;  ///< all that came
  std::uint64_t missing = 0;  ///< of these, with more than max_missing missing bases: never called
  std::uint64_t called = 0;
  std::uint64_t loci = 0;                    ///< regions that the called windows make
  std::uint64_t records_with_call = 0;       ///< records with at least one called window
  std::uint64_t rows = 0;                    ///< hits written
  std::optional<double> expected_by_chance;  ///< windows that composition alone would call; with a null table only
};

/// Takes scored jobs in order and writes hits in order: records as they came; within a record by start, then end,
/// then plus before minus. How windows are split into jobs changes nothing.
///
/// A hit's score is the engine's, or the oracle's where that decides the row (see Arbiter). Its p is the share of null
/// windows that reach its best window; for `best` the chance that the best of as many null windows would; absent
/// without a null table, and for a window of more than max_missing missing bases, with which null windows cannot
/// be compared.
///
/// On a circle windows overlap across its junction, too: its last region may be its first.
///
/// Memory: an open region a strand, and with both strands the hits that wait for it; all hits of a circle.
class Caller {
 public:
  /// `arbiter` and `sink` must outlive the caller, and so must `regions`: where regions are not what is reported, it is
  /// given them all the same, to count what they are on the genome. They have a record, strand, start, end and number
  /// of windows, and come by start on each strand of a record.
  Caller(CallRules rules, const Arbiter& arbiter, HitSink& sink, HitSink* regions = nullptr);

  /// Asks the oracle about windows of a settled job that take() will most likely ask about. To be called where the job
  /// was scored: the oracle's work then spreads over the scoring threads, and take() finds the answers known. Changes
  /// nothing else, and may run for several jobs at once, beside take().
  void foresee(const Job& job) const;

  /// Throws Error for a logit that is no number, and what the sink throws.
  void take(const Job& job);
  /// After the last job: writes what is still open.
  void finish();

  CallCounts counts() const;

 private:
  /// One strand of the record at hand.
  struct StrandCalls {
    std::int64_t last_start = -1;   ///< of the last window that came
    std::int64_t first_start = -1;  ///< of the record's first region
    std::int64_t start = 0;         ///< of the region
    std::int64_t end = -1;          ///< of the region; called windows that start before it belong to it
    std::uint64_t called = 0;       ///< windows of the open region; 0 when none is open
    bool ended = false;
    BestWindow best;
    std::deque<Hit> waiting;  ///< by start
  };

  bool is_called(const ScoredWindow& window) const;
  bool rounding_decides(const Candidate& best, std::uint64_t windows) const;
  std::optional<double> p_of(const Candidate& best, double logit, std::uint64_t windows) const;
  void begin_record(const Segment& segment);
  void end_record();
  void take_window(const Segment& segment, const ScoredWindow& window);
  void call(StrandCalls& calls, Strand strand, const ScoredWindow& window);
  void close_region(StrandCalls& calls, Strand strand);
  void tell_region(const StrandCalls& calls, Strand strand);
  void close_circle(StrandCalls& calls);
  void write_best();
  void write_waiting();
  bool may_be_preceded(const Hit& hit, const StrandCalls& other) const;
  Hit make_hit(Strand strand, Candidate best, std::uint64_t windows) const;
  void write(const Hit& hit);
  StrandCalls& calls_of(Strand strand) { return strand == Strand::plus ? plus_ : minus_; }

  const CallRules rules_;
  const Arbiter& arbiter_;
  HitSink& sink_;
  HitSink* const regions_;  ///< null: nobody asks
  CallCounts counts_;
  std::shared_ptr<const Record> record_;  ///< at hand; null before the first
  std::uint64_t record_windows_ = 0, record_called_ = 0;
  std::int64_t circle_ = 0;  ///< its bases, once known; 0 where it is none
  StrandCalls plus_, minus_;
};

}  // namespace iresweep
