#include "host/engine/cuda/busy_time.h"

#include <algorithm>

namespace iresweep::cuda {

void BusyTime::add(double begin, double end) {
  Stretch merged{begin, end};
  // Stretches that touch the new one become part of it.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    const Stretch stretch = open_[i];
    if (stretch.end < merged.begin || stretch.begin > merged.end)
      open_[kept++] = stretch;
    else
      merged = {std::min(stretch.begin, merged.begin), std::max(stretch.end, merged.end)};
  }
  count_ = kept;
  if (count_ == kOpen) {
    closed_ += open_[0].end - open_[0].begin;
    std::move(open_.begin() + 1, open_.end(), open_.begin());
    --count_;
  }
  const auto last = open_.begin() + std::ptrdiff_t(count_);
  const auto place = std::find_if(open_.begin(), last, [&](const Stretch& s) { return s.begin > merged.begin; });
  std::move_backward(place, last, last + 1);
  *place = merged;
  ++count_;
}

double BusyTime::seconds() const {
  double sum = closed_;
  for (std::size_t i = 0; i < count_; ++i) sum += open_[i].end - open_[i].begin;
  return sum;
}

}  // namespace iresweep::cuda
