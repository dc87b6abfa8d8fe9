// An allele on a target, with and without it: which windows are scored for it, and what their scores say.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/input/variants/variant_record.h"
#include "host/variants/targets.h"
#include "host/variants/window_plan.h"
#include "iresweep/bases.h"

namespace iresweep {

/// Consecutive windows that are scored together, at step 1.
struct WindowStretch {
  std::vector<BaseCode> codes;        ///< until they are packed into batches: windows + kWindow - 1
  std::vector<std::uint8_t> missing;  ///< missing bases of each window
  std::vector<float> logits;          ///< one a window, when they are scored

  /// Windows of all of `codes`, at least kWindow.
  explicit WindowStretch(std::vector<BaseCode> all);
};

/// Some windows of a stretch.
struct StretchPart {
  std::shared_ptr<const WindowStretch> stretch;
  std::size_t first = 0, count = 0;
};

/// What is scored for an allele on a target.
struct Comparison {
  std::size_t alt = 0;                   ///< of the record's
  std::shared_ptr<const Target> target;  ///< null where the allele alone decides the verdict
  Verdict verdict = Verdict::scored;
  WindowPlan plan;
  std::int64_t growth = 0;                    ///< of the target, by the allele
  std::vector<StretchPart> ref, alt_windows;  ///< of plan.ref and plan.alt, in order
};

/// A record and all that is asked about it.
struct Question {
  VariantRecord record;
  std::vector<Comparison> comparisons;  ///< by allele, then by target
};

/// Whether a window over the allele is called.
enum class HitChange {
  none,    ///< with neither allele
  kept,    ///< with both
  gained,  ///< with ALT only
  lost     ///< with REF only
};

/// Logits are natural; changes are those from REF to ALT. Starts are the first base, 0-based, of windows on the target
/// as it is with the allele that they are named for; on a contig's minus strand too they count from its beginning.
struct Effect {
  std::size_t alt = 0;
  std::shared_ptr<const Target> target;
  Verdict verdict = Verdict::scored;
  // All below for Verdict::scored alone.
  std::int64_t windows = 0;                   ///< compared, on each allele
  double ref_logit = 0, alt_logit = 0;        ///< of the best window compared
  std::int64_t ref_start = 0, alt_start = 0;  ///< where it begins; of equal ones the first
  double largest_change = 0;                  ///< of a window's logit, whichever way
  std::int64_t largest_start = 0;             ///< with REF
  HitChange hit = HitChange::none;
  std::int64_t ref_called = 0, alt_called = 0;  ///< of all windows over the allele
  std::optional<double> percentile;             ///< see Background

  double change() const { return alt_logit - ref_logit; }
};

struct CallRule {
  double threshold_logit = 0;
  int max_missing = 8;  ///< a window with more is not called, and neither it nor its counterpart is compared
};

/// Of a comparison all of whose windows are scored.
Effect effect_of(const Comparison& comparison, const CallRule& rule);

}  // namespace iresweep
