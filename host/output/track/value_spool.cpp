#include "host/output/track/value_spool.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "host/output/merge_runs.h"

namespace iresweep {
namespace {

constexpr std::size_t kLeastRead = 256;  // values at once

/// Reads a run from the file, a stretch at a time.
class RunReader {
 public:
  RunReader(const ScratchFile& file, std::uint64_t begin, std::uint64_t end, std::size_t at_once)
      : file_(&file), next_(begin), end_(end), at_once_(at_once) {
    load();
  }

  const TrackValue& value() const { return values_[place_]; }
  /// False at the end of the run.
  bool advance() { return ++place_ < values_.size() || load(); }

 private:
  bool load() {
    values_.resize(std::size_t(std::min<std::uint64_t>(at_once_, end_ - next_)));
    file_->read(next_ * sizeof(TrackValue), std::as_writable_bytes(std::span(values_)));
    next_ += values_.size();
    place_ = 0;
    return !values_.empty();
  }

  const ScratchFile* file_;
  std::uint64_t next_, end_;
  std::size_t at_once_, place_ = 0;
  std::vector<TrackValue> values_;
};

}  // namespace

ValueSpool::ValueSpool(std::string output, std::size_t most_in_memory)
    : output_(std::move(output)), most_in_memory_(most_in_memory) {}

void ValueSpool::write(const TrackValue& value) {
  if (values_.size() == most_in_memory_) spill();
  values_.push_back(value);
}

// Values mostly come in order: then one run grows.
void ValueSpool::spill() {
  if (values_.empty()) return;
  std::sort(values_.begin(), values_.end());
  if (!file_) file_ = std::make_unique<ScratchFile>(output_);
  const std::uint64_t begin = file_->size() / sizeof(TrackValue), end = begin + values_.size();
  if (runs_.empty() || values_.front() < last_)
    runs_.push_back({begin, end});
  else
    runs_.back().end = end;
  last_ = values_.back();
  file_->append(std::as_bytes(std::span(values_)));
  values_.clear();
}

void ValueSpool::drain(TrackSink& sink) {
  if (!file_) {
    std::sort(values_.begin(), values_.end());
    for (const TrackValue& value : std::exchange(values_, {})) sink.write(value);
    return;
  }
  spill();
  std::vector<TrackValue>().swap(values_);
  const std::size_t at_once = std::max(kLeastRead, most_in_memory_ / runs_.size());
  std::vector<RunReader> readers;
  for (const Run& run : runs_) readers.emplace_back(*file_, run.begin, run.end, at_once);
  merge_runs(std::move(readers), std::less<>(), [&](const TrackValue& value) { sink.write(value); });
  file_.reset();
}

}  // namespace iresweep
