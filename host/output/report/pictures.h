// Drawings of a page: inline SVG, in the colours of its style sheet.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "host/scan/hit.h"

namespace iresweep {

/// Shares of windows by score, in bins of equal width from 0 to 1, as bars; those of null windows as a line.
/// `threshold` is a score.
std::string histogram_picture(const std::vector<double>& shares, const std::vector<double>& null_shares,
                              double threshold);

/// Of the windows that score above each logit the share, on a logarithmic axis.
struct TailPoint {
  double logit = 0, share = 0;
};
std::string tail_picture(const std::vector<TailPoint>& observed, const std::vector<TailPoint>& null, double threshold);

/// Scores around a locus, which must have a profile; its best window is marked.
std::string profile_picture(const Hit& locus, double threshold);

}  // namespace iresweep
