// Loci by the part of a transcript that they lie in.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/output/report/transcript_part.h"
#include "host/scan/hit.h"

namespace iresweep {

/// Bases of a strand of a contig, each once, however often it was added.
class BaseSet {
 public:
  void add(const std::vector<Interval>& blocks);
  /// Ascending and apart.
  std::vector<Interval> blocks() const { return joined(blocks_); }

 private:
  std::vector<Interval> blocks_;
  std::size_t limit_ = 1000;  ///< above which they are joined: memory follows what is different
};

/// Windows are counted on their transcripts; bases and loci on the genome, once for each part, on the transcript's own
/// strand. A base belongs to every part that it is of in any transcript, and a locus to every part that the middle of
/// its best window is of, so that a locus is counted where its bases are.
///
/// Memory: the blocks of each part on the genome, and a number a locus.
class PartCounts {
 public:
  struct Row {
    std::uint64_t windows = 0, called = 0;
    std::uint64_t loci = 0, bases = 0;
  };

  /// What is no transcript is not counted.
  void add_transcript(const Record& record);
  void add_window(const Record& record, Interval window, bool called);
  void add_locus(const Hit& locus);

  ByPart<Row> rows() const;

 private:
  struct Strands {
    ByPart<BaseSet> bases;
    std::vector<std::int64_t> loci;  ///< the middle base of the best window of each
  };
  ByPart<std::uint64_t> windows_{}, called_{};
  std::map<std::pair<std::string, Strand>, Strands> places_;  ///< by contig and strand
};

}  // namespace iresweep
