// From logits to what people read: scores, and the share of null windows that reach them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "iresweep/error.h"
#include "iresweep/model.h"

namespace iresweep {

float score_of(double logit) { return float(1 / (1 + std::exp(-logit))); }

double NullTable::share_at(double at) const {
  const auto above = std::upper_bound(logit.begin(), logit.end(), at);
  if (above == logit.begin()) return 1;
  return std::max(share[std::size_t(above - logit.begin()) - 1], 1 / double(windows));
}

double NullTable::logit_at(double rate) const {
  const auto found = std::find_if(share.begin(), share.end(), [rate](double value) { return value <= rate; });
  if (found == share.end() || !(rate >= 1 / double(windows)))
    throw Error(fmt::format("the model's null table does not reach a rate of {}", rate), "",
                fmt::format("its smallest is {}; give a larger --null-rate, or --threshold",
                            std::max(share.back(), 1 / double(windows))));
  return logit[std::size_t(found - share.begin())];
}

}  // namespace iresweep
