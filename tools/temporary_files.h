// Files that have not got their names yet, for a process that must end at once.
#pragma once
#include <unistd.h>

#include <mutex>
#include <string>
#include <vector>

namespace iresweep::cli {

/// For several threads.
class TemporaryFiles {
 public:
  void note(const std::vector<std::string>& paths) {
    const std::scoped_lock lock(mutex_);
    paths_.insert(paths_.end(), paths.begin(), paths.end());
  }
  void remove() {
    const std::scoped_lock lock(mutex_);
    for (const std::string& path : paths_) unlink(path.c_str());
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> paths_;
};

}  // namespace iresweep::cli
