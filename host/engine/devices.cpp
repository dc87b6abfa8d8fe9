#include "host/engine/devices.h"

#include "kernels/cpu/kernel.h"

namespace iresweep {

std::vector<InstructionSet> instruction_sets() {
  std::vector<InstructionSet> sets;
  bool found = false;
  for (const auto& [kernel, usable] : cpu::kernels()) {
    sets.push_back({kernel.name, kernel.group, usable, usable && !found});
    found = found || usable;
  }
  return sets;
}

}  // namespace iresweep
