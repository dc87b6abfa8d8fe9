// A folder of a test's own.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace iresweep::test {

/// Made empty under the system's temporary folder, removed with all it holds at the end of its life.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  /// The path of `name` in it.
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::filesystem::path folder_;
};

/// The whole content of a file.
std::string file_bytes(const std::filesystem::path& path);

}  // namespace iresweep::test
