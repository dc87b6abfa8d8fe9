// How much a random substitution changes: what the change of an allele is held against.
#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "host/scan/arbiter.h"
#include "host/variants/comparison.h"
#include "host/variants/planner.h"
#include "iresweep/engine.h"

namespace iresweep {

/// The sizes of the changes of random substitutions.
class Background {
 public:
  Background() = default;
  /// Signs do not count.
  explicit Background(std::vector<double> changes);

  std::size_t size() const { return changes_.size(); }
  /// Percent of the substitutions that change less than `change` does, half of those that change as much; nothing
  /// without substitutions.
  std::optional<double> percentile(double change) const;

 private:
  std::vector<double> changes_;  ///< sizes, ascending
};

struct BackgroundOptions {
  std::size_t substitutions = 1000;
  std::uint64_t seed = 1;
  CallRule rule;
};

/// Of substitutions on `targets` (ids, ascending): each at a base drawn from all bases of all of them, to one of the
/// three other bases, all equally likely. Bases that are missing or have no full window over them, and places whose
/// windows all have too many missing bases, are drawn again, up to 20 times as often as there are substitutions to
/// make: there may be fewer then. The same for the same seed and targets. Nothing when stopped.
std::optional<Background> make_background(Engine& engine, const Arbiter& arbiter, Targets& targets,
                                          const std::vector<std::size_t>& ids, const BackgroundOptions& options,
                                          const std::stop_token& stop);

}  // namespace iresweep
