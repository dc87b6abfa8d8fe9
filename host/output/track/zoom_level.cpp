#include "host/output/track/zoom_level.h"

#include <algorithm>

#include "host/output/track/little_endian.h"

namespace iresweep {
namespace {

constexpr std::size_t kRecordSize = 32;

}  // namespace

void ValueSums::add(double value, std::uint64_t on_bases) {
  least = bases == 0 ? value : std::min(least, value);
  greatest = bases == 0 ? value : std::max(greatest, value);
  bases += on_bases;
  sum += value * double(on_bases);
  squares += value * value * double(on_bases);
}

void ZoomLevel::add(const TrackValue& value, std::uint32_t contig_size) {
  for (std::uint32_t start = value.start; start < value.end;) {
    if (sums_.bases == 0 || at_.contig != value.contig || start >= at_.end) {
      close_bin();
      const std::uint32_t begin = start / bin_ * bin_;
      at_ = {value.contig, begin, contig_size - begin > bin_ ? begin + bin_ : contig_size, 0};
    }
    const std::uint32_t end = std::min(value.end, at_.end);
    sums_.add(value.value, end - start);
    start = end;
  }
}

void ZoomLevel::finish() {
  close_bin();
  close_block();
}

void ZoomLevel::close_bin() {
  if (sums_.bases == 0) return;
  if (records_.empty()) extent_ = {at_.contig, at_.start, 0, 0, 0, 0};
  extent_.last_contig = at_.contig;
  extent_.end = at_.end;
  for (const std::uint32_t number : {at_.contig, at_.start, at_.end, std::uint32_t(sums_.bases)})
    append_number(records_, number);
  for (const double number : {sums_.least, sums_.greatest, sums_.sum, sums_.squares})
    append_number(records_, float(number));
  sums_ = {};
  ++bins_;
  if (records_.size() == kBlockItems * kRecordSize) close_block();
}

void ZoomLevel::close_block() {
  if (records_.empty()) return;
  blocks_.add(records_, extent_);
  records_.clear();
}

}  // namespace iresweep
