// The DeepIRES paper's first step to motifs: of the best true positives the k bases that speak most for an IRES.
#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "host/evaluate/labelled_set.h"
#include "host/explain/methods.h"
#include "host/explain/motif_arrays.h"

namespace iresweep {

/// The defaults are the paper's (Zhao et al. 2024).
struct MotifOptions {
  double threshold = 0.5;  ///< a positive that scores above it is a true one
  double top = 0.1;        ///< share of all records, by score, that are looked at
  int k = 10;              ///< bases of a motif, at most kWindow
  Methods methods{.gradcam = true, .gradient = false, .attention = false, .mutagenesis = false};  ///< exactly one
  int step = kPublishedStep, max_missing = 8;
  int threads = 1;
};

/// The k bases of a record's best window whose values sum highest: see best_stretch(). None has a missing base.
struct Motif {
  std::string name;  ///< of the record
  double logit = 0;
  std::int64_t window_start = 0, window_end = 0;  ///< on the record, 0-based half-open
  std::int64_t start = 0;                         ///< of the motif on the record
  std::string bases;                              ///< of ACGT
  double sum = 0;
};

struct Motifs {
  std::vector<Motif> motifs;                         ///< in the order of the records
  std::uint64_t records = 0, scored = 0;             ///< all; those with a window of few enough missing bases
  std::uint64_t true_positives = 0, considered = 0;  ///< of those scored; records in the top share
  std::uint64_t without_motif = 0;                   ///< of the true positives in the top share: see best_stretch()
};

/// The stretch of `k` positions with the highest sum of values. Of neighbours with equal sums the middle one: what
/// stands out then lies amid it, not at its end; of such runs the first. Nothing where every stretch has a position
/// without a value, and where the best one's values are all zero: any other would do as well.
std::optional<int> best_stretch(const std::vector<double>& values, int k);

/// Nothing when stopped. `engine` must score with `network`. The best windows of all records go to `arrays`, where that
/// is given. Throws Error.
std::optional<Motifs> find_motifs(Engine& engine, const Network& network, const LabelledSet& set,
                                  const MotifOptions& options, std::stop_token stop = {},
                                  MotifArrays* arrays = nullptr);

}  // namespace iresweep
