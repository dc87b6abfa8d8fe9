// The loci of the highest scores.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "host/scan/hit.h"

namespace iresweep {

/// Keeps the loci of the highest scores. Memory: these.
class TopLoci : public HitSink {
 public:
  explicit TopLoci(std::size_t most) : most_(most) {}

  /// Of a complete locus, in any order. One that has no profile may_show() has turned away.
  void write(const Hit& locus) override;

  /// Whether a locus may be among the best whose best window has this score by the engine.
  bool may_show(float score) const;

  /// The best first; of equal scores the first.
  const std::vector<Hit>& top() const { return top_; }

 private:
  const std::size_t most_;
  std::vector<Hit> top_;
};

/// Where no locus is complete before the last record: regions that are different loci for sure, since their genes,
/// contigs or strands differ. As many of them as are kept tell what a region must reach to be among the best.
class Rivals {
 public:
  explicit Rivals(std::size_t most) : most_(most) {}

  /// The region must have a map.
  void offer(const Hit& region);
  bool may_show(float score) const;

 private:
  using Group = std::tuple<std::string, std::string, Strand>;
  const std::size_t most_;
  std::vector<std::pair<float, Group>> best_;  ///< descending; one a group
};

}  // namespace iresweep
