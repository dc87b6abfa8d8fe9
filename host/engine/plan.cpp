#include "host/engine/plan.h"

#include <algorithm>

namespace iresweep {
namespace {

using Score = std::function<void(const PlannedBlock&)>;

class Builder {
 public:
  Builder(int step, int group, const Score& score)
      : spare_columns_(std::size_t(cpu::columns_of_window(step)) - 1),
        limits_(BlockLimits::of(step, group)),
        score_(score) {
    planned_.block.step = step;
  }

  // `count` windows from places[first] on, a step apart.
  void add_run(std::uint32_t first_start, std::uint32_t first_place, std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
      const std::size_t room = room_for_windows();
      if (room == 0) {
        flush();
        continue;
      }
      const std::size_t taken = std::min(room, count - done);
      add_piece(first_start + std::uint32_t(done) * std::uint32_t(planned_.block.step),
                first_place + std::uint32_t(done), taken);
      done += taken;
    }
  }

  void flush() {
    if (planned_.places.empty()) return;
    score_(planned_);
    planned_.block.columns.clear();
    planned_.block.windows.clear();
    planned_.places.clear();
  }

 private:
  std::size_t room_for_windows() const {
    const std::size_t columns = planned_.block.columns.size() + spare_columns_;
    if (columns >= limits_.columns) return 0;
    return std::min(limits_.windows - planned_.places.size(), limits_.columns - columns);
  }

  void add_piece(std::uint32_t start, std::uint32_t place, std::size_t windows) {
    const std::uint32_t step = std::uint32_t(planned_.block.step);
    const std::uint32_t column = std::uint32_t(planned_.block.columns.size());
    for (std::uint32_t i = 0; i < windows + spare_columns_; ++i) planned_.block.columns.push_back(start + i * step);
    for (std::uint32_t i = 0; i < windows; ++i) {
      planned_.block.windows.push_back(column + i);
      planned_.places.push_back(place + i);
    }
  }

  PlannedBlock planned_;
  std::size_t spare_columns_;
  BlockLimits limits_;
  const Score& score_;
};

// Bases to encode for a run of windows that shares them.
std::size_t shared_bases(std::size_t windows, int step) {
  return (windows + std::size_t(cpu::columns_of_window(step)) - 1) * std::size_t(step);
}

}  // namespace

BlockLimits BlockLimits::of(int step, int group) {
  constexpr std::size_t kCacheFloats = 96 * 1024;
  const std::size_t spare = std::size_t(cpu::columns_of_window(step)) - 1;
  const std::size_t fitting = kCacheFloats / (std::size_t(step) * kGates);
  const std::size_t for_windows = fitting > spare ? fitting - spare : 0;
  const std::size_t windows = std::max(for_windows / std::size_t(group), std::size_t{1}) * std::size_t(group);
  // Records end within a block: each end costs `spare` columns.
  return {windows, 2 * windows + 2 * spare};
}

void plan(std::span<const std::uint32_t> starts, int step, int group, const Score& score) {
  Builder strays(kWindow, group, score), runs(std::min(step, kWindow), group, score);
  for (std::size_t i = 0; i < starts.size();) {
    std::size_t end = i + 1;
    while (end < starts.size() && starts[end] - starts[end - 1] == std::uint32_t(step)) ++end;
    if (step < kWindow && shared_bases(end - i, step) < (end - i) * kWindow)
      runs.add_run(starts[i], std::uint32_t(i), end - i);
    else
      for (std::size_t k = i; k < end; ++k) strays.add_run(starts[k], std::uint32_t(k), 1);
    i = end;
  }
  runs.flush();
  strays.flush();
}

}  // namespace iresweep
