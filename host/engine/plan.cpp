#include "host/engine/plan.h"

#include <algorithm>

namespace iresweep {
namespace {

void clear(PlannedBlock& planned, int step) {
  planned.block.step = step;
  planned.block.columns.clear();
  planned.block.windows.clear();
  planned.places.clear();
}

// `count` windows a column apart, the first at `start`, from `place` on.
void add_run(PlannedBlock& planned, std::uint32_t start, std::size_t place, std::size_t count) {
  auto& [step, columns, windows] = planned.block;
  const std::uint32_t first_column = std::uint32_t(columns.size());
  const std::size_t more = count + std::size_t(cpu::columns_of_window(step)) - 1;
  for (std::uint32_t i = 0; i < more; ++i) columns.push_back(start + i * std::uint32_t(step));
  for (std::uint32_t i = 0; i < count; ++i) {
    windows.push_back(first_column + i);
    planned.places.push_back(std::uint32_t(place) + i);
  }
}

// Whether a run costs fewer bases with columns of `step` than with a column a window.
bool sharing_pays(std::size_t windows, int step) {
  return (windows + std::size_t(cpu::columns_of_window(step)) - 1) * std::size_t(step) < windows * kWindow;
}

}  // namespace

void make_plan(std::span<const std::uint32_t> starts, int step, Plan& plan) {
  clear(plan.runs, std::min(step, kWindow));
  clear(plan.strays, kWindow);
  for (std::size_t i = 0; i < starts.size();) {
    std::size_t end = i + 1;
    while (end < starts.size() && starts[end] - starts[end - 1] == std::uint32_t(step)) ++end;
    if (step < kWindow && sharing_pays(end - i, step))
      add_run(plan.runs, starts[i], i, end - i);
    else
      for (std::size_t k = i; k < end; ++k) add_run(plan.strays, starts[k], k, 1);
    i = end;
  }
}

}  // namespace iresweep
