#include "host/output/line_sorter.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <tuple>
#include <utility>

#include "host/output/merge_runs.h"

namespace iresweep {

/// Reads a run from the file. A block holds at least one line; longer ones make it grow.
class LineSorter::RunReader {
 public:
  RunReader(const ScratchFile& file, Run run) : file_(&file), run_(run) { advance(); }

  const Line& value() const { return line_; }

  bool advance() {
    if (run_.begin == run_.end && place_ == block_.size()) return false;
    want(sizeof(Key));
    std::memcpy(&line_.key, block_.data() + place_, sizeof(Key));
    place_ += sizeof(Key);
    want(line_.key.size);
    line_.text.assign(block_, place_, line_.key.size);
    place_ += line_.key.size;
    return true;
  }

 private:
  static constexpr std::uint64_t kBlock = std::uint64_t(64) << 10;

  // Sees to it that so many bytes lie in the block behind the place.
  void want(std::size_t size) {
    if (block_.size() - place_ >= size) return;
    block_.erase(0, std::exchange(place_, 0));
    const std::size_t held = block_.size();
    const std::uint64_t more = std::min(std::max(kBlock, std::uint64_t(size)), run_.end - run_.begin);
    block_.resize(held + std::size_t(more));
    file_->read(run_.begin, std::as_writable_bytes(std::span(block_).subspan(held)));
    run_.begin += more;
  }

  const ScratchFile* file_;
  Run run_;  ///< what is not read yet
  std::string block_;
  std::size_t place_ = 0;
  Line line_;
};

LineSorter::LineSorter(RowOrder order, const std::vector<Contig>& contigs, std::string output, std::size_t most_bytes)
    : order_(order), output_(std::move(output)), most_bytes_(most_bytes) {
  for (const Contig& contig : contigs) number_of(contig.name);
}

void LineSorter::add(std::string_view contig, std::int64_t start, std::int64_t end, std::string_view line) {
  lines_.push_back({{number_of(contig), std::uint32_t(line.size()), start, end, serial_++}, std::string(line)});
  bytes_ += sizeof(Line) + line.size();
  if (bytes_ >= most_bytes_) spill();
}

void LineSorter::drain(const std::function<void(std::string_view line)>& take) {
  if (!file_) {
    sort_lines();
    for (const Line& line : std::exchange(lines_, {})) take(line.text);
    return;
  }
  spill();
  std::vector<RunReader> readers;
  for (const Run& run : runs_) readers.emplace_back(*file_, run);
  merge_runs(
      std::move(readers), [this](const Line& a, const Line& b) { return less(a.key, b.key); },
      [&](const Line& line) { take(line.text); });
  file_.reset();
}

std::uint32_t LineSorter::number_of(std::string_view contig) {
  const auto [found, fresh] = numbers_.try_emplace(std::string(contig), std::uint32_t(contigs_.size()));
  if (fresh) contigs_.push_back(found->first);
  return found->second;
}

bool LineSorter::less(const Key& a, const Key& b) const {
  if (a.contig != b.contig) {
    if (order_ == RowOrder::name) return contigs_[a.contig] < contigs_[b.contig];
    return a.contig < b.contig;
  }
  return std::tie(a.start, a.end, a.serial) < std::tie(b.start, b.end, b.serial);
}

void LineSorter::sort_lines() {
  std::sort(lines_.begin(), lines_.end(), [this](const Line& a, const Line& b) { return less(a.key, b.key); });
}

void LineSorter::spill() {
  if (lines_.empty()) return;
  sort_lines();
  if (!file_) file_ = std::make_unique<ScratchFile>(output_);
  const std::uint64_t begin = file_->size();
  std::string bytes;
  for (const Line& line : lines_) {
    bytes.append(reinterpret_cast<const char*>(&line.key), sizeof(Key));
    bytes += line.text;
  }
  file_->append(std::as_bytes(std::span(bytes)));
  runs_.push_back({begin, file_->size()});
  lines_.clear();
  bytes_ = 0;
}

}  // namespace iresweep
