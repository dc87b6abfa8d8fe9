// Soft labels for distillation: what one network is to learn from a teacher and from an ensemble.
#pragma once
#include <string>
#include <vector>

#include "host/train/table.h"
#include "iresweep/model.h"

namespace iresweep::train {

struct TargetOptions {
  double teacher_share = 0.5;  ///< of the target; the rest is the ensemble's
  double clamp = 6;            ///< the teacher's logits are cut to this size
};

/// Row::part of sequences shorter than a window.
inline constexpr const char* kShortPart = "short";

/// Sets Row::soft: share * teacher + (1 - share) * scale * mean of the ensemble, in logits. The scale gives the mean
/// the teacher's spread on the first `reference` rows. Sequences shorter than a window get the teacher's logit alone
/// and the part kShortPart: label-only networks never saw padding. Returns the scale, 1 without an ensemble.
double set_targets(std::vector<Row>& rows, std::size_t reference, const Model& teacher,
                   const std::vector<Model>& ensemble, const TargetOptions& options);

}  // namespace iresweep::train
