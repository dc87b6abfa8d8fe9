// Rows of reads that repeat each other: one row a place on the genome, with the number of reads.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/scan/hit.h"

namespace iresweep {

/// A sink between the caller and the output. Rows on one strand of a contig that overlap in at least one base and
/// have the same introns make a locus, and so do those that a third one joins. Its row has the blocks from the first
/// base to the last, the windows of all, the number of reads, and everything else from the row of the highest score;
/// of equal ones from the read that came first. The oracle decides where rounding could.
///
/// Records have a map and come by contig, and on it by first base. Loci are written by contig as it comes, start, end,
/// strand, introns.
///
/// Memory: the loci that records to come may join, and those behind one of these; each knows the numbers of its reads.
class ReadLoci : public HitSink {
 public:
  /// Loci of fewer than `min_reads` reads are counted, not written. `arbiter` and `sink` must outlive it.
  ReadLoci(std::uint64_t min_reads, const Arbiter& arbiter, HitSink& sink)
      : min_reads_(min_reads), arbiter_(arbiter), sink_(sink) {}

  /// Throws what the sink throws.
  void write(const Hit& hit) override;
  void finish();

  std::uint64_t count() const { return count_; }  ///< loci, once finished
  std::uint64_t rows() const { return rows_; }    ///< of these, written

 private:
  using Introns = std::vector<Interval>;
  using Chain = std::pair<Strand, Introns>;
  using Place = std::pair<Interval, Chain>;
  struct Locus {
    Hit best;
    std::uint64_t windows = 0;
    std::vector<std::uint64_t> reads;  ///< indexes of records, ascending
  };
  using Loci = std::map<Place, Locus>;

  void join(Place place, Locus locus);
  void merge(Locus& into, Locus&& other) const;
  void close_before(std::int64_t first_base);
  void emit(const Place& place, Locus& locus);

  const std::uint64_t min_reads_;
  const Arbiter& arbiter_;
  HitSink& sink_;
  std::string contig_;
  Loci open_;
  /// Those of open_ with the same introns, by start: they do not overlap.
  std::map<Chain, std::map<std::int64_t, Loci::iterator>> by_chain_;
  std::uint64_t count_ = 0, rows_ = 0;
};

}  // namespace iresweep
