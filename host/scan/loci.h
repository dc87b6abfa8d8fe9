// Rows of a gene's isoforms repeat each other: where they are one place on the genome.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/scan/hit.h"

namespace iresweep {

struct LociOptions {
  bool collapse = false;  ///< write one row a locus; else rows pass as they come, and loci are counted only
  /// Records come by contig, and on it by first base: then a locus is complete when records begin behind it. Otherwise
  /// all rows are held until the end.
  bool ascending = true;
  /// The annotation tells genes: a transcript without one is of a gene that nobody knows, and shares no locus. Else
  /// (BED12) place alone decides.
  bool tells_genes = true;
};

/// A sink between the caller and the output. A locus is what overlapping rows of one gene and strand with compatible
/// introns make: they overlap in at least one base, and where both reach their blocks are the same. A row joins
/// every locus that it, as it grows, is compatible with. The locus's row has the union of the blocks,
/// the windows of all, the names of their transcripts, and everything else from the row of the highest score (of equal
/// ones the first; the oracle decides where rounding could). Loci are written by place: contig as it comes, start, end.
///
/// Memory: the loci that may still grow, and what waits behind them.
class Loci : public HitSink {
 public:
  /// `arbiter` and `sink` must outlive it.
  Loci(LociOptions options, const Arbiter& arbiter, HitSink& sink)
      : options_(options), arbiter_(arbiter), sink_(sink) {}

  /// The hit's record must have a map. Throws what the sink throws.
  void write(const Hit& hit) override;
  void finish();

  std::uint64_t count() const { return count_; }  ///< loci, once finished
  std::uint64_t rows() const { return rows_; }    ///< written

 private:
  struct Locus {
    Hit hit;  ///< of the highest score
    Strand strand = Strand::plus;
    std::vector<Interval> blocks;
    std::vector<std::string> transcripts;
    std::uint64_t windows = 0;
  };
  void take(const Hit& hit);
  bool share_gene(const Record& one, const Record& other) const;
  void merge(Locus& into, Locus&& later) const;
  void close(const Record* next);
  void emit(Locus& locus);

  const LociOptions options_;
  const Arbiter& arbiter_;
  HitSink& sink_;
  std::vector<Hit> held_;
  std::deque<Locus> open_;  ///< on one contig, by start, then end
  std::uint64_t count_ = 0, rows_ = 0;
};

/// Whether two chains of blocks overlap in at least one base and are the same wherever both reach.
bool compatible(const std::vector<Interval>& a, const std::vector<Interval>& b);

}  // namespace iresweep
