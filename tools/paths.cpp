#include "tools/paths.h"

#include <filesystem>
#include <system_error>

namespace iresweep::cli {
namespace {

namespace fs = std::filesystem;

bool same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  // A path that does not exist yet stays relative in weakly_canonical().
  const auto place = [&ignored](const std::string& path) {
    return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  };
  return fs::equivalent(a, b, ignored) || place(a) == place(b);
}

}  // namespace

bool is_stream(const std::string& path) { return path == "-" || path.empty(); }

bool clash(const std::string& a, const std::string& b) {
  if (is_stream(a) || is_stream(b)) return false;
  std::error_code ignored;
  const bool special = fs::exists(a, ignored) && !fs::is_regular_file(a, ignored);
  return !special && same_file(a, b);
}

}  // namespace iresweep::cli
