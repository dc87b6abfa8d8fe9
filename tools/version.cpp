// What `iresweep --version` says.
#include <fmt/format.h>

#include "host/engine/devices.h"
#include "tools/cli.h"

namespace iresweep::cli {

std::string version_text() {
  std::string targets;
  for (const InstructionSet& set : instruction_sets()) targets += (targets.empty() ? "" : ", ") + set.name;
  return fmt::format(
      "iresweep {}\n"
      "compiler: {} {}, {}\n"
      "SIMD: Highway {} for {}\n"
      "files: HTSlib {}\n"
      "CUDA: not in this build\n",
      IRESWEEP_VERSION, IRESWEEP_COMPILER, __VERSION__, IRESWEEP_BUILD_TYPE, IRESWEEP_HIGHWAY_VERSION, targets,
      IRESWEEP_HTSLIB_VERSION);
}

}  // namespace iresweep::cli
