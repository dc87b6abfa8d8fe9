#include "host/output/track/largest_value.h"

#include <algorithm>
#include <limits>

namespace iresweep {

void LargestValue::write(const TrackValue& value) {
  const bool same_contig = !open_.empty() && open_.top().value.contig == value.contig;
  advance(same_contig ? value.start : std::numeric_limits<std::uint32_t>::max());
  position_ = value.start;
  open_.push({value, serial_++});
}

void LargestValue::finish() {
  advance(std::numeric_limits<std::uint32_t>::max());
  pass_last();
}

void LargestValue::advance(std::uint32_t to) {
  while (!open_.empty() && position_ < to) {
    const Open top = open_.top();
    if (top.value.end <= position_) {
      open_.pop();
      continue;
    }
    const std::uint32_t end = std::min(top.value.end, to);
    pass(top, position_, end);
    position_ = end;
  }
}

// Stretches of one value that others only interrupted in the counting are one stretch.
void LargestValue::pass(const Open& open, std::uint32_t start, std::uint32_t end) {
  if (last_ && last_->serial == open.serial && last_->value.end == start) {
    last_->value.end = end;
    return;
  }
  pass_last();
  last_ = {{open.value.contig, start, end, open.value.value}, open.serial};
}

void LargestValue::pass_last() {
  if (last_) sink_.write(last_->value);
  last_.reset();
}

}  // namespace iresweep
