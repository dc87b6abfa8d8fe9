// A temporary folder whose whole content tests look at.
#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "tests/support/temporary_folder.h"

namespace iresweep::test {

class Folder : public TemporaryFolder {
 public:
  std::string operator/(const std::string& name) const { return path(name); }

  /// Names of all that is in it, temporary files too.
  std::set<std::string> names() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path("")))
      names.insert(entry.path().filename().string());
    return names;
  }
};

}  // namespace iresweep::test
