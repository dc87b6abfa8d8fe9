#include "tests/support/shared_data.h"

#include <cstdlib>

namespace iresweep::test {

std::optional<std::filesystem::path> shared_file(const std::string& name) {
  const char* given = std::getenv("IRESWEEP_SHARED");
  const std::filesystem::path folder =
      given ? std::filesystem::path(given) : std::filesystem::path(IRESWEEP_SOURCE_DIR).parent_path() / "shared";
  if (const auto path = folder / name; std::filesystem::exists(path)) return path;
  return std::nullopt;
}

std::filesystem::path project_file(const std::string& name) {
  // A packed test (tools/gpu-check.sh) runs where the sources are not.
  const char* given = std::getenv("IRESWEEP_SOURCE");
  return std::filesystem::path(given ? given : IRESWEEP_SOURCE_DIR) / name;
}

}  // namespace iresweep::test
