#include "host/input/file_stamps.h"

#include <cerrno>
#include <cstring>

#include "iresweep/error.h"

namespace iresweep {

FileStamps::FileStamps(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (path == "-" || path.empty()) continue;
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0)
      throw Error(std::string("cannot open the file: ") + std::strerror(errno), path,
                  "check its path and its permissions");
    if (S_ISREG(facts.st_mode)) stamps_.push_back(stamp_of(path, facts));
  }
}

void FileStamps::check() const {
  for (const Stamp& before : stamps_)
    if (struct stat facts{}; ::stat(before.path.c_str(), &facts) == 0 && stamp_of(before.path, facts) != before)
      throw Error("the file was changed while it was read", before.path,
                  "run again when nothing writes to it any more");
}

FileStamps::Stamp FileStamps::stamp_of(const std::string& path, const struct stat& facts) {
  return {path, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
}

}  // namespace iresweep
