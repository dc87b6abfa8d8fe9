#include "host/variants/reference_windows.h"

#include <algorithm>
#include <utility>

namespace iresweep {
namespace {

constexpr std::size_t kMostBlocks = 64 * 1024;

}  // namespace

std::vector<StretchPart> ReferenceWindows::windows(const Target& target, WindowRun run, DueStretches& due) {
  std::vector<StretchPart> parts;
  const std::int64_t last_block = (run.first + run.count - 1) / kBlock;
  for (std::int64_t block = run.first / kBlock; block <= last_block; ++block) {
    auto found = by_key_.find({target.id, block});
    if (found == by_key_.end()) {
      std::int64_t end = block + 1;
      while (end <= last_block && !by_key_.contains({target.id, end})) ++end;
      load(target, block, end, due);
      found = by_key_.find({target.id, block});
    }
    blocks_.splice(blocks_.begin(), blocks_, found->second);
    const StretchPart& all = found->second->windows;
    const std::int64_t start = block * kBlock;
    const std::int64_t from = std::max(run.first, start) - start;
    const std::int64_t to = std::min(run.first + run.count - start, std::int64_t(all.count));
    const StretchPart part{all.stretch, all.first + std::size_t(from), std::size_t(to - from)};
    if (!parts.empty() && parts.back().stretch == part.stretch && parts.back().first + parts.back().count == part.first)
      parts.back().count += part.count;
    else
      parts.push_back(part);
  }
  return parts;
}

// Blocks [first, end) as one stretch.
void ReferenceWindows::load(const Target& target, std::int64_t first, std::int64_t end, DueStretches& due) {
  const std::int64_t windows = std::min(end * kBlock, target.size() - kWindow + 1) - first * kBlock;
  std::vector<BaseCode> codes;
  targets_.read(target, {first * kBlock, first * kBlock + windows + kWindow - 1}, codes);
  due.push_back(std::make_shared<WindowStretch>(std::move(codes)));
  for (std::int64_t block = first; block < end; ++block) {
    const std::int64_t from = (block - first) * kBlock;
    add({target.id, block}, {due.back(), std::size_t(from), std::size_t(std::min(kBlock, windows - from))});
  }
}

void ReferenceWindows::add(Key key, StretchPart windows) {
  // A run is never as long as what is kept: what it has just loaded stays.
  if (blocks_.size() >= kMostBlocks) {
    by_key_.erase(blocks_.back().key);
    blocks_.pop_back();
  }
  blocks_.push_front({key, std::move(windows)});
  by_key_[key] = blocks_.begin();
}

}  // namespace iresweep
