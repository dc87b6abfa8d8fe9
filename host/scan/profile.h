// Scores around a window, for who shows them.
#pragma once
#include <cstdint>
#include <vector>

namespace iresweep {

/// A window of a profile: the bases of its record, and its score.
struct ProfilePoint {
  std::int64_t start = 0, end = 0;
  float score = 0;
  bool blank = false;  ///< too many missing bases: its score means nothing
};

/// What a picture of a row's best window needs.
struct Profile {
  double logit = 0;                  ///< of the best window, in full
  std::vector<ProfilePoint> points;  ///< ascending; the windows around it
};

}  // namespace iresweep
