// Whether files stay what they are while they are read.
#pragma once
#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace iresweep {

class FileStamps {
 public:
  /// Notes size, time and identity of the regular files among `paths`; what else is there (pipes, standard input) has
  /// none. Throws Error for a file that cannot be looked at: unnoticed, it could be replaced. Relative paths are looked
  /// up anew by check(): for a process that changes its folder they must be absolute.
  explicit FileStamps(const std::vector<std::string>& paths);

  /// Throws Error where a file is no longer what it was. One that is gone does not count: what is open stays whole.
  void check() const;

 private:
  struct Stamp {
    std::string path;
    dev_t device = 0;
    ino_t number = 0;
    off_t size = 0;
    std::int64_t seconds = 0, nanoseconds = 0;  ///< of its last change
    bool operator==(const Stamp&) const = default;
  };
  static Stamp stamp_of(const std::string& path, const struct stat& facts);

  std::vector<Stamp> stamps_;
};

}  // namespace iresweep
