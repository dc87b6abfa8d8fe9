#include "host/input/file_stamps.h"

#include <sys/stat.h>

#include <utility>

#include "iresweep/error.h"

namespace iresweep {

FileStamps::FileStamps(const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (Stamp stamp; look_at(path, stamp)) stamps_.push_back(std::move(stamp));
}

void FileStamps::check() const {
  for (const Stamp& before : stamps_)
    if (Stamp now; look_at(before.path, now) && now != before)
      throw Error("the file was changed while it was read", before.path,
                  "run again when nothing writes to it any more");
}

// False for what is no regular file.
bool FileStamps::look_at(const std::string& path, Stamp& stamp) {
  struct stat facts {};
  if (path == "-" || ::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  stamp = {path, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
  return true;
}

}  // namespace iresweep
