#include "host/scan/tiler.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "iresweep/error.h"

namespace iresweep {
namespace {

void reverse_complement(const BaseCode* from, std::int64_t count, BaseCode* to) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = complement(from[count - 1 - i]);
}

// Bases of a window that lie in a stretch.
std::int64_t shared(const Place& place, Interval stretch) {
  return std::max<std::int64_t>(std::min(place.end, stretch.end) - std::max(place.start, stretch.start), 0);
}

// The same for stretches that ascend and lie apart.
std::int64_t shared(const Place& place, const std::vector<Interval>& stretches) {
  std::int64_t bases = 0;
  auto stretch = std::upper_bound(stretches.begin(), stretches.end(), place.start,
                                  [](std::int64_t base, const Interval& one) { return base < one.end; });
  for (; stretch != stretches.end() && stretch->start < place.end; ++stretch) bases += shared(place, *stretch);
  return bases;
}

// Half of its bases at least; `where` may be absent, which is everywhere.
template <class Where>
bool lies_in(const Place& place, const Where& where) {
  return !where || 2 * shared(place, *where) >= place.end - place.start;
}

void begin(Job& job, int step) {
  if (job.batch->starts.empty() || job.batch->bases.size() < std::size_t(kWindow))
    throw Error("a batch has no room for one window", "", "give more windows a batch");
  job.batch->base_count = job.batch->window_count = 0;
  job.batch->step = step;
  job.segments.clear();
  job.places.clear();
}

}  // namespace

Tiler::Tiler(SequenceSource& source, TilerOptions options) : source_(source), options_(options) {
  if (options_.step < 1) throw Error("the step between windows is below 1", "", "give a step of at least 1");
  if (!options_.plus && !options_.minus) throw Error("there is no strand to scan", "", "choose +, - or both");
}

bool Tiler::fill(Job& job) {
  begin(job, options_.step);
  if (minus_due_) emit(job, Strand::minus);
  minus_due_ = false;
  while (true) {
    const std::size_t fit = room(*job.batch);
    if (fit == 0 && job.batch->window_count > 0) break;
    if (!load_windows()) break;
    plan_stretch(std::max<std::size_t>(fit, 1));
    if (stretch_.empty()) continue;
    if (options_.plus) emit(job, Strand::plus);
    minus_due_ = options_.plus && options_.minus && fit == 0;
    if (options_.minus && !minus_due_) emit(job, Strand::minus);
  }
  if (job.batch->window_count == 0) return false;
  job.serial = jobs_++;
  return true;
}

// How many windows surely still fit the batch, on every strand.
std::size_t Tiler::room(const Batch& batch) const {
  const std::size_t strands = options_.plus && options_.minus ? 2 : 1;
  const std::size_t windows = (batch.starts.size() - batch.window_count) / strands;
  const std::size_t bases = (batch.bases.size() - batch.base_count) / strands;
  if (bases < std::size_t(kWindow)) return 0;
  return std::min(windows, (bases - kWindow) / std::size_t(std::min(options_.step, kWindow)) + 1);
}

// Reads until a window can be planned; false at the end of the input.
bool Tiler::load_windows() {
  while (!next_start())
    if (!load_piece()) return false;
  return true;
}

bool Tiler::load_piece() {
  std::optional<Piece> piece = source_.next();
  if (!piece) return false;
  if (!record_ || complete_) begin_record(*piece);
  counts_.bases += piece->codes.size();
  if (bases_.empty()) {
    bases_ = std::move(piece->codes);
  } else {
    // Only the last window, should the record end soon, reaches back behind the next one of the grid.
    const std::int64_t keep_from = std::max(origin_, end() - kWindow);
    bases_.erase(bases_.begin(), bases_.begin() + (keep_from - origin_));
    origin_ = keep_from;
    bases_.insert(bases_.end(), piece->codes.begin(), piece->codes.end());
  }
  counts_.longest = std::max(counts_.longest, std::uint64_t(end()));
  complete_ = piece->last;
  if (!complete_) return true;
  ++counts_.records;
  if (end() == 0) ++counts_.empty_records;
  if (end() > 0 && end() < kWindow) ++counts_.short_records;
  return true;
}

void Tiler::begin_record(const Piece& piece) {
  record_ = piece.record;
  bases_.clear();
  origin_ = grid_ = tiled_ = 0;
  reaches_ = false;
}

std::int64_t Tiler::end() const { return origin_ + std::int64_t(bases_.size()); }

// Where the next window starts, as far as the bases read so far tell; negative for a record that is shorter. While more
// bases may come a window must end before the last one known: so the window that turns out to be a record's last is
// always planned with that knowledge.
std::optional<std::int64_t> Tiler::next_start() const {
  if (!record_) return std::nullopt;
  if (grid_ + kWindow < end() + (complete_ ? 1 : 0)) return grid_;
  if (complete_ && tiled_ < end() && !record_->circular) return end() - kWindow;
  return std::nullopt;
}

void Tiler::plan_stretch(std::size_t most) {
  stretch_.clear();
  while (stretch_.size() < most) {
    const auto start = next_start();
    if (!start) break;
    const Place place{std::max<std::int64_t>(*start, 0), *start + kWindow, 0};
    tiled_ = place.end;
    grid_ += options_.step;
    const bool reaches = lies_in(place, record_->feature);
    reaches_ |= reaches;
    if (!reaches || !lies_in(place, record_->scored_within)) {
      counts_.outside += strands();
      continue;
    }
    stretch_.push_back(place);
    stretch_.back().missing = std::uint16_t(missing_in_last());
  }
  if (complete_ && !reaches_ && !next_start()) ++counts_.short_features;
  counts_.windows += stretch_.size() * strands();
}

// Missing bases of the last window of the stretch: from those of the window before it where they overlap.
int Tiler::missing_in_last() const {
  const Place& place = stretch_.back();
  const Place* before = stretch_.size() > 1 ? &stretch_[stretch_.size() - 2] : nullptr;
  if (!before || before->end <= place.start)
    return int(kWindow - (place.end - place.start)) + missing_between(place.start, place.end);
  return before->missing + missing_between(before->end, place.end) - missing_between(before->start, place.start);
}

int Tiler::missing_between(std::int64_t from, std::int64_t to) const {
  const BaseCode* bases = bases_.data();
  return int(std::count(bases + (from - origin_), bases + (to - origin_), kMissing));
}

// Packs the stretch as a segment: of each window only what the window packed before it has not.
void Tiler::emit(Job& job, Strand strand) {
  Batch& batch = *job.batch;
  const bool ends = complete_ && !next_start();
  const std::int64_t circle = ends && record_->circular ? end() - (kWindow - 1) : 0;
  job.segments.push_back({record_, strand, batch.window_count, stretch_.size(), ends, circle});
  const std::size_t first = job.places.size();
  job.places.insert(job.places.end(), stretch_.begin(), stretch_.end());
  if (strand == Strand::minus) std::reverse(job.places.begin() + std::ptrdiff_t(first), job.places.end());

  const Place* before = nullptr;
  for (std::size_t i = first; i < job.places.size(); ++i) {
    const Place& place = job.places[i];
    const std::int64_t length = place.end - place.start;
    const std::int64_t fresh = before ? std::min(std::abs(place.start - before->start), length) : length;
    BaseCode* to = batch.bases.data() + batch.base_count;
    if (length < kWindow) to = std::fill_n(to, kWindow - length, kMissing);
    if (strand == Strand::plus)
      std::memcpy(to, bases_.data() + (place.end - fresh - origin_), std::size_t(fresh));
    else
      reverse_complement(bases_.data() + (place.start - origin_), fresh, to);
    batch.base_count = std::size_t(to + fresh - batch.bases.data());
    batch.starts[batch.window_count++] = std::uint32_t(batch.base_count - kWindow);
    before = &place;
  }
}

}  // namespace iresweep
