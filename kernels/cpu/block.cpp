#include "kernels/cpu/block.h"

#include <algorithm>

namespace iresweep::cpu {
namespace {

std::size_t ends_floats(int group) { return std::size_t(2 * kEnd * kGates) * std::size_t(group); }
std::size_t state_floats(int group) { return (attend_floats(group) + 15) / 16 * 16; }

}  // namespace

BlockScorer::BlockScorer(const Kernel& kernel)
    : kernel_(kernel),
      shared_(kernel),
      memory_(allocate_floats(ends_floats(kernel.group) + state_floats(kernel.group) +
                              std::size_t(kContext + 1) * std::size_t(kernel.group))) {}

void BlockScorer::encode_ends(const Folded& folded, const BaseRows& rows, std::span<const std::uint32_t> starts,
                              float* ends) const {
  const std::size_t group = std::size_t(kernel_.group);
  EndRows end[kMaxGroup];
  Strip left, right;
  left.count = right.count = kEnd;
  left.outside_before = right.outside_after = true;
  for (std::size_t lane = 0; lane < group; ++lane) {
    const std::size_t window = std::min(lane, starts.size() - 1);
    if (window == lane) end[lane] = end_rows(rows, starts[lane]);
    left.rows[lane] = end[window].left + EndRows::kBefore;
    right.rows[lane] = end[window].right + EndRows::kBefore;
  }
  kernel_.encode(folded, left, {ends, kGates * group, group});
  kernel_.encode(folded, right, {ends + kEnd * kGates * group, kGates * group, group});
}

void BlockScorer::score(const Folded& folded, const BaseRows& rows, const Block& block, float* logits) {
  const std::size_t group = std::size_t(kernel_.group), count = block.windows.size();
  float* ends = memory_.get();
  float* states = ends + ends_floats(kernel_.group);
  float* context = states + state_floats(kernel_.group);
  float* group_logits = context + kContext * group;

  shared_.reset(folded, rows, block.columns, block.step);
  for (std::size_t first = 0; first < count; first += group) {
    const std::size_t windows = std::min(group, count - first);
    const std::uint32_t* columns = block.windows.data() + first;
    shared_.cover(columns[0], columns[windows - 1] + std::size_t(columns_of_window(block.step)));

    GateSource source{shared_.data(), shared_.pitch(), block.step, ends, {}};
    std::uint32_t starts[kMaxGroup];
    for (std::size_t lane = 0; lane < windows; ++lane) {
      source.column[lane] = columns[lane] - std::uint32_t(shared_.first_column());
      starts[lane] = block.columns[columns[lane]];
    }
    for (std::size_t lane = windows; lane < group; ++lane) source.column[lane] = source.column[lane - 1] + 1;
    encode_ends(folded, rows, {starts, windows}, ends);
    kernel_.attend(folded, source, states, context);
    kernel_.head(folded, context, group_logits);
    std::copy_n(group_logits, windows, logits + first);
  }
}

}  // namespace iresweep::cpu
