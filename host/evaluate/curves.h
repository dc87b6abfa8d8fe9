// ROC and precision-recall curves as SVG, drawn by hand: nothing but lines and text, readable anywhere.
#pragma once
#include <string>

#include "host/evaluate/evaluation.h"
#include "host/evaluate/evaluation_report.h"

namespace iresweep {

/// Straight lines between the points: records of equal scores count half.
std::string roc_svg(const Evaluation& result, Columns columns);

/// Steps, as average precision counts them: from one recall to the next the precision is that of the next.
std::string precision_recall_svg(const Evaluation& result, Columns columns);

}  // namespace iresweep
