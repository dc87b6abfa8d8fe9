#include "kernels/cpu/shared_gates.h"

#include <algorithm>
#include <array>

#include "iresweep/error.h"

namespace iresweep::cpu {
namespace {

// The unit of columns in memory: a vector is never longer. An odd number of them in a row keeps the gates of a position
// out of each other's cache sets.
constexpr std::size_t kUnit = kMaxGroup;

// Fits a second-level cache beside the table.
constexpr std::size_t kUsualFloats = 192 * 1024;

std::size_t round_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }
std::size_t odd_pitch(std::size_t columns) { return (round_up(columns, kUnit) / kUnit | 1) * kUnit; }

}  // namespace

hwy::AlignedFreeUniquePtr<float[]> allocate_floats(std::size_t count) {
  auto memory = hwy::AllocateAligned<float>(count);
  if (!memory) throw Error("out of memory", "CPU engine", "use fewer threads");
  std::fill_n(memory.get(), count, 0.0f);
  return memory;
}

void SharedGates::reset(const Folded& folded, const BaseRows& rows, std::span<const std::uint32_t> columns, int step) {
  folded_ = &folded;
  rows_ = &rows;
  columns_ = columns;
  step_ = step;
  first_ = end_ = 0;
  before_at_ = nullptr;
  // Windows that share no columns follow each other in one place, so that what they have in common can stay there.
  pitch_ = step_ == kWindow ? std::size_t(kernel_.group) : odd_pitch(kUsualFloats / gates_of_column());
  if (floats_needed(pitch_) > floats_) {
    memory_ = nullptr;
    floats_ = floats_needed(pitch_);
    memory_ = allocate_floats(floats_);
  }
}

void SharedGates::cover(std::size_t first, std::size_t end) {
  const std::size_t computed = std::max(end_, first);
  const std::size_t missing = end > computed ? round_up(end - computed, std::size_t(kernel_.group)) : 0;
  if (first > end_ || computed + missing - first_ > pitch_) make_room(first, missing);
  while (end_ < end) encode_group();
}

// Gives up the columns before `first`, so that `more` can follow. The next one to compute comes to lie at a multiple of
// kUnit.
void SharedGates::make_room(std::size_t first, std::size_t more) {
  const std::size_t kept = first < end_ ? std::min(round_up(end_ - first, kUnit), end_ - first_) : 0;
  const std::size_t offset = end_ - kept - first_, old_pitch = pitch_;
  hwy::AlignedFreeUniquePtr<float[]> old;
  if (kept > 0 || kept + more > pitch_) before_at_ = nullptr;
  if (kept + more > pitch_) {
    pitch_ = odd_pitch(kept + more);
    old = std::move(memory_);
    floats_ = std::max(floats_, floats_needed(pitch_));
    memory_ = allocate_floats(floats_);
  }
  const float* from = (old ? old.get() : memory_.get()) + offset;
  for (std::size_t row = 0; kept > 0 && row < gates_of_column(); ++row)
    std::copy_n(from + row * old_pitch, kept, memory_.get() + row * pitch_);
  end_ = std::max(end_, first);
  first_ = end_ - kept;
}

std::size_t SharedGates::gates_of_column() const { return std::size_t(step_) * kGates; }

// A window in the last column reads past it, in lanes that hold no window.
std::size_t SharedGates::floats_needed(std::size_t pitch) const {
  return gates_of_column() * pitch + kWindow + kMaxGroup;
}

void SharedGates::encode_group() {
  const std::size_t group = std::size_t(kernel_.group);
  Strip strip;
  strip.count = step_;
  for (std::size_t lane = 0; lane < group; ++lane)
    strip.rows[lane] = rows_->at(columns_[std::min(end_ + lane, columns_.size() - 1)]);
  float* gates = memory_.get() + (end_ - first_);
  if (step_ == kWindow)
    encode_changes(strip, gates);
  else
    kernel_.encode(*folded_, strip, {gates, kGates * pitch_, pitch_});
  end_ += group;
}

// Mutants of one window come one after the other: a lane then differs from the group before it in a few bases.
void SharedGates::encode_changes(const Strip& strip, float* gates) {
  constexpr int kSeen = 2 * kReach;  // rows on each side that a position depends on
  const int lanes = kernel_.group;
  std::array<std::uint32_t, kWindow> change;  // of a row in any lane: not 0
  change.fill(before_at_ == gates ? 0 : 1);
  for (int lane = 0; lane < lanes && before_at_ == gates; ++lane)
    for (int p = 0; p < kWindow; ++p) change[p] |= strip.rows[lane][p] ^ before_.rows[lane][p];
  const auto changed = [&](int p) {
    return std::any_of(change.begin() + p - kSeen, change.begin() + p + kSeen + 1, [](auto row) { return row != 0; });
  };
  constexpr int kStop = kWindow - kEnd;
  for (int p = kEnd; p < kStop; ++p) {
    const int first = p;
    while (p < kStop && changed(p)) ++p;
    if (p == first) continue;
    Strip part = strip;
    part.count = p - first;
    for (int lane = 0; lane < lanes; ++lane) part.rows[lane] += first;
    kernel_.encode(*folded_, part, {gates + std::size_t(first) * kGates * pitch_, kGates * pitch_, pitch_});
  }
  before_ = strip;
  before_at_ = gates;
}

}  // namespace iresweep::cpu
