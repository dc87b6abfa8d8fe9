// What `iresweep --version` says.
#include <fmt/format.h>

#include "tools/cli.h"

namespace iresweep::cli {

std::string version_text() {
  return fmt::format(
      "iresweep {}\n"
      "compiler: {} {}, {}\n"
      "SIMD: Highway {}\n"
      "files: HTSlib {}\n"
      "CUDA: not in this build\n",
      IRESWEEP_VERSION, IRESWEEP_COMPILER, __VERSION__, IRESWEEP_BUILD_TYPE, IRESWEEP_HIGHWAY_VERSION,
      IRESWEEP_HTSLIB_VERSION);
}

}  // namespace iresweep::cli
